// @ts-check
/** The desk: the queue, and the thread that is open. Sends what was written without a net, whatever it shows. */
import { Answers } from '../kept/answers.js';
import { Connection } from '../live/connection.js';
import { Copies } from '../kept/local_store.js';
import { stillHere } from '../live/keepalive.js';
import '../ui/access_lost.js';
import { followNote } from '../ui/note.js';
import { showOpenRow } from '../ui/queue.js';
import { whoLooks } from '../ui/thread/viewer.js';
import { converse } from './parts/conversation.js';
import { followLists } from './parts/lists.js';
import { sendWhatWaits } from './parts/sending.js';

const { person } = whoLooks();
const connection = new Connection(person);
const thread = /** @type {HTMLElement | null} */ (document.querySelector('[data-case][data-head]:not([data-past])'));
if (thread) {
  converse(connection, thread);
  new Answers(new Copies(), person, thread.dataset.case ?? '').dropSent(thread);
} else {
  sendWhatWaits(connection, person);
}
followLists(connection);
followNote();
showOpenRow();
// Of a note nobody hears while it is written.
document.addEventListener('input', stillHere);
connection.open();
