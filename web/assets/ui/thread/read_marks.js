// @ts-check
/** Tells when the newest entry has been in front of somebody's eyes: in sight, in the window that is used. */
import { inSight, onScroll } from './scrolling.js';

export class ReadMarks {
  #log;
  #newest;
  #tell;
  #before;
  #told;

  /**
   * @param {HTMLElement} log
   * @param {number} told How far was read before.
   * @param {() => { n: number, row: Element | null }} newest
   * @param {(n: number) => void} tell
   */
  constructor(log, told, newest, tell) {
    this.#log = log;
    this.#before = told;
    this.#told = told;
    this.#newest = newest;
    this.#tell = tell;
    onScroll(log, () => this.look());
    addEventListener('resize', () => this.look());
    addEventListener('focus', () => this.look());
    document.addEventListener('visibilitychange', () => this.look());
  }

  look() {
    const { n, row } = this.#newest();
    if (n <= this.#told || !row || !document.hasFocus() || document.visibilityState !== 'visible') return;
    if (!inSight(this.#log, row)) return;
    this.#told = n;
    this.#tell(n);
  }

  /** The last mark may not have arrived: tell it again. */
  again() {
    if (this.#told > this.#before) this.#tell(this.#told);
    this.look();
  }
}
