// @ts-check
/** Tells how far somebody has read, until the server has it. */
import { PASSING } from './commands.js';
import { Refused } from './connection.js';

const PAUSE = 2000;

export class Reads {
  #connection;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {import('./connection.js').Connection} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  /**
   * The newest alone is tried again: it says what the older ones would have said. What is lost on the way is told by the page when it is
   * connected again.
   * @param {Record<string, unknown>} what
   */
  async tell(what) {
    clearTimeout(this.#timer);
    try {
      await this.#connection.request('read', what);
    } catch (problem) {
      if (!(problem instanceof Refused) || !PASSING.includes(problem.code)) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.tell(what), Math.max(PAUSE, problem.wait));
    }
  }
}
