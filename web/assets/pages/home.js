// @ts-check
/** A citizen's home: shows what is new, and sends what was written while there was no net. */
import { Connection } from '../live/connection.js';
import { Copies } from '../live/copies.js';
import { Outbox } from '../live/outbox.js';
import { whoLooks } from '../ui/viewer.js';
import { followLists } from './lists.js';

const { person } = whoLooks();
const connection = new Connection(person);
new Outbox(connection, new Copies(), person, () => {}, () => {}).start();
followLists(connection);
connection.open();
