// @ts-check
/** What somebody says in one go stands together: name once, one mark of who has read. As the page draws it (parts/entries.html). */
import { slot } from '../drawing.js';

/** Milliseconds. */
const ONE_GO = 5 * 60_000;

/**
 * Look anew whether a row goes on from the one above it.
 * @param {Element | null} row
 */
export function group(row) {
  if (row instanceof HTMLElement && row.matches('[data-said]'))
    row.toggleAttribute('data-follows', goesOn(row.previousElementSibling, row));
}

/**
 * @param {Element | null} above
 * @param {HTMLElement} row
 */
function goesOn(above, row) {
  // One that is not sent has something to say of its own.
  if (!(above instanceof HTMLElement) || !above.matches('[data-said][data-entry]')) return false;
  return saidBy(above) === saidBy(row) && timeOf(row) - timeOf(above) <= ONE_GO;
}

/** @param {HTMLElement} row */
function saidBy(row) {
  const audience = slot(row, 'audience');
  const told = [slot(row, 'author'), slot(row, 'role'), audience?.hidden ? null : audience];
  return ['own' in row.dataset, ...told.map((each) => each?.textContent?.trim() ?? '')].join('\n');
}

/** @param {HTMLElement} row */
function timeOf(row) {
  return Date.parse(row.querySelector('time')?.dateTime ?? '');
}
