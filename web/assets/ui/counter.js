// @ts-check
/** How much room is left in a text: seen at once, heard when one pauses and it begins to matter. */
import { announce } from './announcer.js';
import { language } from './words.js';

const PAUSE = 1000;
const MATTERS_FROM = 0.8;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pausing;

/** Keep every counter on the page up to date, also those that come later. */
export function count() {
  document.addEventListener('input', ({ target }) => target instanceof HTMLTextAreaElement && tell(target));
}

/** Draw the counters as they stand now. */
export function drawCounters() {
  for (const counter of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-counter]'))) draw(counter);
}

/** @param {HTMLTextAreaElement} field */
function tell(field) {
  const counter = document.querySelector(`[data-counter="${CSS.escape(field.id)}"]`);
  if (!(counter instanceof HTMLElement)) return;
  draw(counter);
  clearTimeout(pausing);
  if (lengthOf(field.value) < Number(counter.dataset.limit) * MATTERS_FROM) return;
  pausing = setTimeout(() => announce(counter.textContent ?? ''), PAUSE);
}

/** @param {HTMLElement} counter */
function draw(counter) {
  const field = document.getElementById(counter.dataset.counter ?? '');
  if (!(field instanceof HTMLTextAreaElement)) return;
  const left = Number(counter.dataset.limit) - lengthOf(field.value);
  const pattern = (left < 0 ? counter.dataset.over : counter.dataset.left) ?? '';
  const grouped = Math.abs(left).toLocaleString(language());
  counter.textContent = pattern.replace('{left}', grouped).replace('{over}', grouped);
  counter.classList.toggle('count--over', left < 0);
}

/**
 * As the server counts: signs, not halves of them.
 * @param {string} text
 */
function lengthOf(text) {
  return [...text].length;
}
