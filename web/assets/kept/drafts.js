// @ts-check
/** Texts that are not finished, one for each window: what one sends takes nothing from another. A closed window's go on in the next. */
import { hold, ownWindow, windowNow } from './window.js';

/** @typedef {import('./local_store.js').Draft} Draft */

export class Drafts {
  #copies;
  #person;

  /**
   * @param {import('./local_store.js').Copies} copies
   * @param {string} person The key of the one who is signed in.
   */
  constructor(copies, person) {
    this.#copies = copies;
    this.#person = person;
  }

  /**
   * @param {string} place The case and the field.
   * @param {string} text
   * @param {Pick<Draft, 'audience' | 'files' | 'sent'>} [beside] Whom it is for, what goes with it, and as what it has gone.
   * @param {string} [window] Whose; of this one when it is left out.
   */
  keep(place, text, beside, window = windowNow()) {
    return this.#copies.keepDraft(this.#person, placeIn(place, window), text, beside);
  }

  /**
   * What this window began; or else, where it is wanted, the newest of a window that is closed: it goes on here.
   * @param {string} place
   * @param {() => boolean} wanted
   * @returns {Promise<Draft | undefined>}
   */
  async begun(place, wanted) {
    const here = placeIn(place, await ownWindow());
    await hold(`${this.#person} ${here}`);
    const own = await this.#copies.draft(this.#person, here);
    if (own || here === place || !wanted() || !(await this.#copies.placesOf(this.#person, place)).length) return own;
    const { takeOver } = await import('./left.js');
    return takeOver(this.#copies, `${this.#person} ${place}`, `${this.#person} ${here}`, wanted);
  }
}

/**
 * @param {string} place
 * @param {string} window
 */
function placeIn(place, window) {
  return window ? `${place} ${window}` : place;
}
