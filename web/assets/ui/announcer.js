// @ts-check
/** Says something to those who listen to the page instead of looking at it. Politely: nothing is interrupted. */

const REST = 60;

/** @param {string} text */
export function announce(text) {
  const status = document.querySelector('[data-announce]') ?? document.querySelector('[data-status]');
  if (!status) return;
  status.textContent = '';
  // The same words twice are heard twice only if the line was empty in between.
  setTimeout(() => {
    status.textContent = text;
  }, REST);
}

/** What was said of something that is not on the page any more. */
export function hush() {
  const status = document.querySelector('[data-announce]');
  if (status) status.textContent = '';
}

/**
 * For what must not be missed: the session or the case is gone. Stays on the page.
 * @param {string} text
 * @param {{ href: string, label: string }} [way] Where to go on.
 */
export function alarm(text, way) {
  const alert = document.querySelector('[data-alert]');
  const line = alert?.querySelector('[data-slot="text"]');
  const link = alert?.querySelector('a');
  if (!(alert instanceof HTMLElement) || !line) return;
  line.textContent = text;
  if (link) {
    link.hidden = !way;
    link.textContent = way?.label ?? '';
    link.href = way?.href ?? '';
  }
  alert.hidden = false;
}

/** What hindered is over. */
export function calm() {
  const alert = document.querySelector('[data-alert]');
  if (alert instanceof HTMLElement) alert.hidden = true;
}
