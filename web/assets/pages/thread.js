// @ts-check
/** A citizen's thread. */
import { Connection } from '../live/connection.js';
import { whoLooks } from '../ui/thread/viewer.js';
import { converse } from './parts/conversation.js';

const thread = /** @type {HTMLElement | null} */ (document.querySelector('[data-case]:not([data-past])'));
if (thread) {
  const connection = new Connection(whoLooks().person);
  converse(connection, thread);
  connection.open();
}
