// @ts-check
/** A citizen's home: shows what is new, and sends what was written while there was no net. */
import { Connection } from '../live/connection.js';
import { showWhenUrgent } from '../ui/thread/urgent.js';
import { whoLooks } from '../ui/thread/viewer.js';
import { followLists } from './parts/lists.js';
import { sendWhatWaits } from './parts/sending.js';

const { person } = whoLooks();
const connection = new Connection(person);
sendWhatWaits(connection, person);
showWhenUrgent(connection);
followLists(connection);
connection.open();
