// @ts-check
/** Fetches the parts of this page anew: soon, and once for many reasons. */
import { fetchNewer } from '../../live/fragments.js';
import { replaceParts } from '../../ui/morph.js';
import { whoLooks } from '../../ui/thread/viewer.js';

const GATHER = 250;
/** Where the server says that it is asked too often. */
const PAUSE = 5000;

export class Refreshing {
  #after;
  #version;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #running = false;
  #anew = false;
  #over = false;

  /**
   * @param {() => void} [after] What to draw again when parts were replaced.
   * @param {() => string} [version] What the page shows: nothing is fetched as long as that is the newest.
   */
  constructor(after = () => {}, version = () => '') {
    this.#after = after;
    this.#version = version;
  }

  soon(pause = GATHER) {
    if (!this.#over) this.#timer ??= setTimeout(() => this.#now(), pause);
  }

  /** Whose page this is has left: nothing is fetched any more. */
  stop() {
    this.#over = true;
    clearTimeout(this.#timer);
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
      if (newer?.status === 200) this.#put(newer.page);
      if (newer?.status === 429) this.soon(PAUSE);
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

  /**
   * Somebody else may have signed in at another page of this browser: nothing of theirs comes into this one.
   * @param {Document} page
   */
  #put(page) {
    const { person } = whoLooks(page);
    if (person === whoLooks().person) replaceParts(page);
    else if (person) this.stop();
  }
}
