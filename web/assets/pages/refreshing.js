// @ts-check
/** Fetches the parts of this page anew: soon, and once for many reasons. */
import { fetchNewer } from '../live/fragments.js';
import { replaceParts } from '../ui/parts.js';

const GATHER = 250;

export class Refreshing {
  #after;
  #version;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #running = false;
  #anew = false;

  /**
   * @param {() => void} [after] What to draw again when parts were replaced.
   * @param {() => string} [version] What the page shows: nothing is fetched as long as that is the newest.
   */
  constructor(after = () => {}, version = () => '') {
    this.#after = after;
    this.#version = version;
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
      const newer = await fetchNewer(location.pathname + location.search, this.#version());
      if (newer?.status === 200) replaceParts(newer.page);
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
