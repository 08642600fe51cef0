// @ts-check
/** The final answer: tells when it has been in front of somebody's eyes. */
import { Connection } from '../live/connection.js';
import { Reads } from '../live/reads.js';
import { ReadMarks } from '../ui/thread/read_marks.js';
import { whoLooks } from '../ui/thread/viewer.js';

const letter = /** @type {HTMLElement | null} */ (document.querySelector('[data-unread]'));
if (letter) {
  const connection = new Connection(whoLooks().person);
  const reads = new Reads(connection);
  const answer = Number(letter.dataset.unread);
  const marks = new ReadMarks(
    letter,
    0,
    () => ({ n: answer, row: letter }),
    () => {
      reads.tell({ case: letter.dataset.case, answer });
    },
  );
  connection.onState((state) => state === 'live' && marks.again());
  connection.open();
  marks.look();
}
