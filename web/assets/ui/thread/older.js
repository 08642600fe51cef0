// @ts-check
/** What is older than the page shows: put in above it when somebody asks, without moving them. */
import { announce } from '../announcer.js';
import { button } from '../drawing.js';
import { group } from './grouping.js';
import { holding } from './scrolling.js';
import { word } from '../words.js';

/** After this time nobody reads out any more what was put in. */
const SETTLED = 1000;

export class Older {
  #log;
  #wish;

  /**
   * @param {HTMLElement} log
   * @param {(url: string) => Promise<Document>} wish Fetches what is older.
   */
  constructor(log, wish) {
    this.#log = log;
    this.#wish = wish;
    this.#dress();
  }

  /** Without script it is a link to another page; with it a button. */
  #dress() {
    const link = document.querySelector('[data-older] a');
    if (!(link instanceof HTMLAnchorElement)) return;
    const made = button(link.textContent ?? '', link.className);
    made.dataset.variant = link.dataset.variant;
    made.addEventListener('click', () => this.#ask(made, link.href));
    link.replaceWith(made);
  }

  /**
   * @param {HTMLButtonElement} pressed
   * @param {string} url
   */
  async #ask(pressed, url) {
    if (pressed.getAttribute('aria-busy') === 'true') return;
    pressed.setAttribute('aria-busy', 'true');
    try {
      this.#show(await this.#wish(url), document.activeElement === pressed);
    } catch {
      pressed.removeAttribute('aria-busy');
      announce(word('older_not'));
    }
  }

  /**
   * @param {Document} page
   * @param {boolean} focused Whether the button had the focus, which must not be lost.
   */
  #show(page, focused) {
    const first = this.#log.querySelector('[data-entry]');
    const rows = [...(page.querySelector('[data-log]')?.children ?? [])].filter((row) => row.matches('[data-entry], [data-day]'));
    if (!first || !rows.length) throw new Error('not a part of the thread');
    this.#quietly();
    holding(this.#log, first, () => {
      this.#put(rows.map((row) => /** @type {HTMLElement} */ (document.adoptNode(row))));
      this.#replaceWay(page);
    });
    const way = document.querySelector('[data-older] button');
    if (focused) focusOn(way instanceof HTMLElement ? way : /** @type {HTMLElement} */ (this.#log.querySelector('[data-entry]')));
    announce(word('older_come'));
  }

  /**
   * A day that goes on has its divider above its first row alone.
   * @param {HTMLElement[]} rows
   */
  #put(rows) {
    const top = /** @type {HTMLElement | null} */ (this.#log.querySelector('[data-day], [data-entry]'));
    const day = rows.filter((row) => row.dataset.day).at(-1)?.dataset.day;
    top?.before(...rows);
    const first = top?.dataset.day && top.dataset.day === day ? top.nextElementSibling : top;
    if (first !== top) top?.remove();
    group(first);
  }

  /** @param {Document} page */
  #replaceWay(page) {
    const way = document.querySelector('[data-older]');
    const next = page.querySelector('[data-older]');
    if (next) way?.replaceWith(document.adoptNode(next));
    else way?.remove();
    this.#dress();
  }

  /** A log reads out what comes into it; this was asked for, and is read where it stands. */
  #quietly() {
    const region = /** @type {HTMLElement | null} */ (this.#log.closest('[role="log"]'));
    if (!region) return;
    region.setAttribute('aria-live', 'off');
    setTimeout(() => region.removeAttribute('aria-live'), SETTLED);
  }
}

/** @param {HTMLElement} goal */
function focusOn(goal) {
  if (!(goal instanceof HTMLButtonElement)) goal.tabIndex = -1;
  goal.focus({ preventScroll: true });
}
