// @ts-check
/** The desk: the queue, and the thread that is open. */
import { Connection } from '../live/connection.js';
import { whoLooks } from '../ui/viewer.js';
import { converse } from './conversation.js';
import { followLists } from './lists.js';

const connection = new Connection(whoLooks().person);
const thread = /** @type {HTMLElement | null} */ (document.querySelector('[data-case][data-head]:not([data-past])'));
if (thread) converse(connection, thread);
followLists(connection);
connection.open();
