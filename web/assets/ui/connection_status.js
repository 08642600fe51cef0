// @ts-check
/** Says when there is no connection, and what becomes of what is written meanwhile. A short break is not worth a word. */
import { announce } from './announcer.js';
import { word } from './words.js';

const PATIENCE = 2000;
/** After this time it is no short break any more: from then on it is said that we cannot be reached. */
const SHORT = 8000;

export class Net {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #shown = false;
  #long = false;

  constructor() {
    // The words depend on whose fault it is, the net's or ours.
    for (const event of ['online', 'offline']) addEventListener(event, () => this.#shown && this.#say());
  }

  /** @param {import('../live/connection.js').State} state */
  turned(state) {
    document.documentElement.dataset.net = state;
    clearTimeout(this.#timer);
    this.#long = false;
    if (state !== 'offline') this.#show(false);
    else this.#timer = setTimeout(() => this.#waited(), PATIENCE);
  }

  /** Also after the line was replaced. */
  draw() {
    for (const line of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-offline]'))) {
      const words = line.querySelector('span');
      if (words) words.textContent = this.#words;
      line.hidden = !this.#shown;
    }
  }

  get #words() {
    if (!navigator.onLine) return word('no_net');
    return word(this.#long ? 'no_server' : 'connecting');
  }

  #waited() {
    this.#show(true);
    this.#timer = setTimeout(() => {
      this.#long = true;
      this.#say();
    }, SHORT - PATIENCE);
  }

  /** @param {boolean} shown */
  #show(shown) {
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#say();
  }

  #say() {
    this.draw();
    announce(this.#shown ? this.#words : word('net_back'));
  }
}
