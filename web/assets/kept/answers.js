// @ts-check
/** An answer that is being written, kept in this browser until it has been sent. Bound to person, case and window. */
import { Drafts } from './drafts.js';
import { ownWindow } from './window.js';

/** @typedef {{ client_id: string, seen: number, fields: [string, string][] }} Kept `seen`: the newest number on its page. */

/** These belong to a page, not to what was written on it. */
const OF_THE_PAGE = ['csrf', 'client_id', 'seen', 'visa'];

export class Answers {
  #copies;
  #drafts;
  #person;
  #place;

  /**
   * @param {import('./local_store.js').Copies} copies
   * @param {string} person
   * @param {string} of The case.
   */
  constructor(copies, person, of) {
    this.#copies = copies;
    this.#drafts = new Drafts(copies, person);
    this.#person = person;
    this.#place = `${of} answer`;
  }

  /**
   * @param {() => boolean} [wanted] Whether what a closed window left is gone on with here.
   * @returns {Promise<Kept | null>} What was written, if it is not sent.
   */
  async kept(wanted = () => true) {
    const draft = await this.#drafts.begun(this.#place, wanted);
    return draft ? JSON.parse(draft.text) : null;
  }

  /**
   * Whether it is kept now, and not only as long as the page is open.
   * @param {HTMLFormElement} form
   */
  keep(form) {
    const data = new FormData(form);
    return this.#put(JSON.stringify({ client_id: data.get('client_id'), seen: Number(data.get('seen')), fields: written(form) }));
  }

  drop() {
    return this.#put('');
  }

  /**
   * It has been sent, from whichever window, if it stands in the thread, or another answer that came after everything its writer had seen.
   * @param {ParentNode} log
   */
  async dropSent(log) {
    if (!(await this.#copies.placesOf(this.#person, this.#place)).length) return;
    const { drop } = await import('./left.js');
    const answers = /** @type {HTMLElement[]} */ ([...log.querySelectorAll('.event--answer + [data-own]')]);
    const newest = Math.max(0, ...answers.map(({ dataset }) => Number(dataset.entry)));
    await drop(this.#copies, `${this.#person} ${this.#place}`, ({ text }) => {
      /** @type {Kept} */
      const kept = JSON.parse(text);
      return newest > kept.seen || log.querySelector(`[data-client-id="${CSS.escape(kept.client_id)}"]`) !== null;
    });
  }

  /** @param {string} text */
  async #put(text) {
    return this.#drafts.keep(this.#place, text, undefined, await ownWindow());
  }
}

/**
 * What somebody has written and chosen in a form.
 * @param {HTMLFormElement} form
 * @returns {[string, string][]}
 */
export function written(form) {
  return [...new FormData(form)].flatMap(([name, value]) => (OF_THE_PAGE.includes(name) ? [] : [[name, String(value)]]));
}
