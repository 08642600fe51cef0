// @ts-check
/** Says when there is no connection; a short break is not worth a word. */
import { announce } from './announcer.js';
import { word } from './words.js';

const PATIENCE = 1500;

export class Net {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #shown = false;

  /** @param {import('../live/connection.js').State} state */
  turned(state) {
    document.documentElement.dataset.net = state;
    clearTimeout(this.#timer);
    if (state !== 'offline') this.#show(false);
    else this.#timer = setTimeout(() => this.#show(true), PATIENCE);
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
    return word(navigator.onLine ? 'no_server' : 'no_net');
  }

  /** @param {boolean} shown */
  #show(shown) {
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.draw();
    announce(shown ? this.#words : word('net_back'));
  }
}
