// @ts-check
/** The queue beside a case. */

/** Bring the row of the open case into sight in its own list: the page stays where it is. */
export function showOpenRow() {
  const row = document.querySelector('[data-queue] [data-row]:has([aria-current])');
  const list = row?.closest('[data-rows]');
  if (!row || !list) return;
  const [seen, open] = [list.getBoundingClientRect(), row.getBoundingClientRect()];
  if (open.top < seen.top || open.bottom > seen.bottom) list.scrollTop += open.top - seen.top - (seen.height - open.height) / 2;
}
