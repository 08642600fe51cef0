// @ts-check
/** The page for paper: a button that prints it, in place of how to do it by hand. */

const offer = /** @type {HTMLElement} */ (document.querySelector('[data-print]'));
const byHand = /** @type {HTMLElement} */ (document.querySelector('[data-print-by-hand]'));
offer.hidden = false;
byHand.hidden = true;
offer.querySelector('button')?.addEventListener('click', () => print());
