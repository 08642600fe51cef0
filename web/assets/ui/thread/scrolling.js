// @ts-check
/** Where in a thread somebody is. A thread scrolls in a pane of its own, or with the page. */

const SLACK = 48;

/**
 * Whether the newest row is in sight.
 * @param {HTMLElement} log
 */
export function atEnd(log) {
  const last = lastOf(log);
  return !last || last.getBoundingClientRect().bottom <= bottomOf(log) + SLACK;
}

/**
 * Whether somebody can see a row, or its beginning if it is long.
 * @param {HTMLElement} log
 * @param {Element} row
 */
export function inSight(log, row) {
  const { top, bottom } = row.getBoundingClientRect();
  return top < bottomOf(log) && bottom > topOf(log) && bottom > top;
}

/**
 * Go to the newest row, or to what is asked below it, unless its end is in sight: whoever is at what stands further down stays there.
 * @param {HTMLElement} log
 * @param {boolean} [opening] Nobody is anywhere yet, though the browser may have gone further down by itself.
 */
export function toEnd(log, opening = false) {
  const last = lastOf(log);
  if (!last) return;
  const { top, bottom } = last.getBoundingClientRect();
  if (bottom <= bottomOf(log) && !(opening && bottom < topOf(log) + SLACK)) return;
  const pane = paneOf(log);
  if (last === asked(log) && bottom - top > bottomOf(log) - topOf(log)) fromItsBeginning(log, last);
  else if (pane) pane.scrollTop = pane.scrollHeight;
  else last.scrollIntoView({ block: 'end' });
}

/**
 * What is asked of somebody in a thread, below all rows; null if nothing is.
 * @param {HTMLElement} log
 */
export function asked(log) {
  const part = log.parentElement?.querySelector('[data-part="open"]');
  return part?.getClientRects().length && part.firstElementChild ? part : null;
}

/**
 * Whether the thread scrolls in a pane of its own.
 * @param {HTMLElement} log
 */
export function scrollsAlone(log) {
  return paneOf(log) !== null;
}

/**
 * Change something above a row, and leave the row where somebody reads it.
 * @param {HTMLElement} log
 * @param {Element} row
 * @param {() => void} change
 */
export function holding(log, row, change) {
  const before = row.getBoundingClientRect().top;
  const settle = () =>
    (paneOf(log) ?? document.documentElement).scrollBy({ top: row.getBoundingClientRect().top - before, behavior: 'instant' });
  change();
  settle();
  // Some browsers hold the row themselves too, a moment later.
  requestAnimationFrame(settle);
}

/**
 * How far down somebody has scrolled.
 * @param {HTMLElement} log
 */
export function depth(log) {
  return paneOf(log)?.scrollTop ?? scrollY;
}

/**
 * Hear when somebody has scrolled.
 * @param {HTMLElement} log
 * @param {() => void} listener
 */
export function onScroll(log, listener) {
  for (const place of [log.closest('[data-scroll]'), document]) place?.addEventListener('scroll', listener, { passive: true });
}

/**
 * Hear when there is more or less room for the rows, or when the rows need more: a line comes below them, or in one of them.
 * @param {HTMLElement} log
 * @param {() => void} listener
 */
export function onResize(log, listener) {
  const changes = new ResizeObserver(listener);
  // The last holds where one writes, too: it grows, and hides what was said last.
  for (const place of [log, log.parentElement, log.parentElement?.parentElement]) if (place) changes.observe(place);
  addEventListener('resize', listener);
}

/**
 * More than there is room for: what is asked, before the buttons to answer it. Whoever reads in it already is left there.
 * @param {HTMLElement} log
 * @param {Element} part
 */
function fromItsBeginning(log, part) {
  if (part.getBoundingClientRect().top > topOf(log) + SLACK) part.scrollIntoView({ block: 'start' });
}

/** @param {HTMLElement} log */
function lastOf(log) {
  return asked(log) ?? log.lastElementChild;
}

/**
 * The upper end of what can be seen.
 * @param {HTMLElement} log
 */
function topOf(log) {
  const pane = paneOf(log);
  if (pane) return pane.getBoundingClientRect().top;
  return parseFloat(document.documentElement.style.getPropertyValue('--covered-above')) || 0;
}

/**
 * The lower end of what can be seen: what stands over the page there hides the rows under it.
 * @param {HTMLElement} log
 */
function bottomOf(log) {
  const pane = paneOf(log);
  const composer = document.querySelector('[data-covers="below"], [data-composer="message"]')?.getBoundingClientRect();
  const end = pane ? pane.getBoundingClientRect().bottom : innerHeight;
  return composer && composer.top > 0 ? Math.min(end, composer.top) : end;
}

/** @param {HTMLElement} log */
function paneOf(log) {
  const pane = log.closest('[data-scroll]');
  return pane instanceof HTMLElement && pane.scrollHeight > pane.clientHeight && getComputedStyle(pane).overflowY !== 'visible'
    ? pane
    : null;
}
