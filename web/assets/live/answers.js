// @ts-check
/** An answer that is being written, kept in this browser until it has been sent. Bound to person and case. */

/** @typedef {{ client_id: string, at: number, fields: [string, string][] }} Kept */

/** These belong to a page, not to what was written on it. */
const OF_THE_PAGE = ['csrf', 'client_id', 'seen'];

export class Answers {
  #copies;
  #person;
  #place;

  /**
   * @param {import('./local_store.js').Copies} copies
   * @param {string} person
   * @param {string} of The case.
   */
  constructor(copies, person, of) {
    this.#copies = copies;
    this.#person = person;
    this.#place = `${of} answer`;
  }

  /** @returns {Promise<Kept | null>} What was written, if it is not sent. */
  async kept() {
    const draft = await this.#copies.draft(this.#person, this.#place);
    return draft ? JSON.parse(draft.text) : null;
  }

  /**
   * Whether it is kept now, and not only as long as the page is open.
   * @param {HTMLFormElement} form
   */
  keep(form) {
    const kept = { client_id: idOf(form), at: Date.now(), fields: written(form) };
    return this.#copies.keepDraft(this.#person, this.#place, JSON.stringify(kept));
  }

  drop() {
    return this.#copies.keepDraft(this.#person, this.#place, '');
  }

  /**
   * Nothing is written in the form any more. What was written on another page stays.
   * @param {HTMLFormElement} form
   */
  async dropOwn(form) {
    if ((await this.kept())?.client_id === idOf(form)) await this.drop();
  }

  /**
   * It has been sent if it stands in the thread, or another answer that was finished after it.
   * @param {ParentNode} log
   */
  async dropSent(log) {
    const kept = await this.kept();
    if (!kept) return;
    const answers = /** @type {NodeListOf<HTMLElement>} */ (log.querySelectorAll('[data-final] + [data-own]'));
    const later = [...answers].some(({ dataset }) => Date.parse(dataset.at ?? '') > kept.at);
    if (later || log.querySelector(`[data-client-id="${CSS.escape(kept.client_id)}"]`)) await this.drop();
  }
}

/** @param {HTMLFormElement} form */
function idOf(form) {
  return String(new FormData(form).get('client_id'));
}

/**
 * What somebody has written and chosen in a form.
 * @param {HTMLFormElement} form
 * @returns {[string, string][]}
 */
export function written(form) {
  return [...new FormData(form)].flatMap(([name, value]) => (OF_THE_PAGE.includes(name) ? [] : [[name, String(value)]]));
}
