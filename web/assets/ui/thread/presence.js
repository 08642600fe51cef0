// @ts-check
/** Who else is here, and who writes: what they are, not who; gone by itself. */
import { word } from '../words.js';

const GONE_AFTER = 30_000;

/** @typedef {{ kind: string, name: string }} Other */

export class Others {
  /** @type {Map<string, { other: Other, timer: ReturnType<typeof setTimeout> }>} */
  #typing = new Map();
  /** @type {Other[]} */
  #here = [];

  /**
   * Somebody writes, or has stopped.
   * @param {Other & { on: boolean }} told
   */
  types({ kind, name, on }) {
    const key = `${kind} ${name}`;
    clearTimeout(this.#typing.get(key)?.timer);
    this.#typing.delete(key);
    if (on) {
      const timer = setTimeout(() => this.types({ kind, name, on: false }), GONE_AFTER);
      this.#typing.set(key, { other: { kind, name }, timer });
    }
    this.draw();
  }

  /** @param {Other[]} here */
  present(here) {
    this.#here = here;
    this.draw();
  }

  /** The connection is lost: nothing is known of the others. */
  unknown() {
    this.#typing.forEach(({ timer }) => clearTimeout(timer));
    this.#typing.clear();
    this.present([]);
  }

  /** Also after the lines were replaced. */
  draw() {
    line(
      '[data-typing]',
      [...this.#typing.values()].map(({ other }) => phrase('typing', other)),
    );
    line(
      '[data-presence]',
      this.#here.map((other) => phrase('here', other)),
    );
  }
}

/**
 * @param {'typing' | 'here'} what
 * @param {Other} other
 */
function phrase(what, { kind, name }) {
  return name ? word(`${what}_name`, { name }) : word(`${what}_${kind}`);
}

/**
 * @param {string} selector
 * @param {string[]} phrases
 */
function line(selector, phrases) {
  const place = document.querySelector(selector);
  if (!(place instanceof HTMLElement)) return;
  const text = [...new Set(phrases.filter(Boolean))].join(' ');
  if (place.textContent !== text) place.textContent = text;
  place.hidden = !text;
}
