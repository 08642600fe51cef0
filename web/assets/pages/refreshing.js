// @ts-check
/** Fetches the parts of this page anew: soon, and once for many reasons. */
import { fetchParts } from '../live/fragments.js';
import { replaceParts } from '../ui/parts.js';

const GATHER = 250;

export class Refreshing {
  #after;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #running = false;
  #anew = false;

  /** @param {() => void} [after] What to draw again when parts were replaced. */
  constructor(after = () => {}) {
    this.#after = after;
  }

  soon() {
    this.#timer ??= setTimeout(() => this.#now(), GATHER);
  }

  async #now() {
    this.#timer = undefined;
    if (this.#running) {
      this.#anew = true;
      return;
    }
    this.#running = true;
    try {
      const { status, page } = await fetchParts(location.pathname + location.search);
      if (status === 200) replaceParts(page);
      this.#after();
    } catch {
      // Without an answer the parts stay as they are; the next reason asks again.
    } finally {
      this.#running = false;
    }
    if (this.#anew) {
      this.#anew = false;
      this.soon();
    }
  }
}
