// @ts-check
/** An answer that is being written, kept in this browser until it has been sent. Bound to person and case. */

/** @typedef {{ client_id: string, fields: [string, string][] }} Kept */

/** These belong to a page, not to what was written on it. */
const OF_THE_PAGE = ['csrf', 'client_id', 'seen'];

export class Answers {
  #copies;
  #person;
  #place;

  /**
   * @param {import('./copies.js').Copies} copies
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
    const text = await this.#copies.draft(this.#person, this.#place);
    return text ? JSON.parse(text) : null;
  }

  /** @param {HTMLFormElement} form */
  keep(form) {
    const id = new FormData(form).get('client_id');
    return this.#copies.keepDraft(this.#person, this.#place, JSON.stringify({ client_id: id, fields: written(form) }));
  }

  drop() {
    return this.#copies.keepDraft(this.#person, this.#place, '');
  }

  /**
   * It has been sent: it stands in the thread.
   * @param {Element} log
   */
  async dropSent(log) {
    const kept = await this.kept();
    if (kept && log.querySelector(`[data-client-id="${CSS.escape(kept.client_id)}"]`)) await this.drop();
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
