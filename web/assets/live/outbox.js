// @ts-check
/** Sends what a person has written, in the order written, each message once; keeps it until the server has it. */
import { acknowledged, again, refused, toSend, written } from '../model/outgoing.js';
import { carryOut } from './commands.js';
import { Refused } from './connection.js';

/** @typedef {import('../model/outgoing.js').Outgoing} Outgoing */

const LOCK = 'gensvar-outbox';
const PAUSE = 5000;

export class Outbox {
  #connection;
  #copies;
  #person;
  #changed;
  #done;
  #running = false;
  #anew = false;

  /**
   * @param {import('./connection.js').Connection} connection
   * @param {import('./copies.js').Copies} copies
   * @param {string} person The key of the one who is signed in.
   * @param {(one: Outgoing) => void} changed A message was written, sent or refused.
   * @param {(one: Outgoing, numbers: number[]) => void} done The server has it, under these numbers.
   */
  constructor(connection, copies, person, changed, done) {
    this.#connection = connection;
    this.#copies = copies;
    this.#person = person;
    this.#changed = changed;
    this.#done = done;
  }

  /** Send what waits, now and whenever the connection is back. */
  start() {
    this.#connection.onState((state) => state === 'live' && this.#flush());
    if (this.#connection.state === 'live') this.#flush();
  }

  /**
   * Take something over for sending.
   * @param {{ case: string, command: string, text: string, audience?: string }} what
   */
  async post(what) {
    const one = written({ ...what, client_id: crypto.randomUUID(), person: this.#person, at: Date.now() });
    this.#changed(one);
    await this.#copies.keep(one);
    this.#flush();
  }

  /**
   * Try once more what was refused.
   * @param {string} clientId
   */
  async retry(clientId) {
    const one = (await this.#copies.unsent()).find((each) => each.client_id === clientId);
    if (!one) return;
    await this.#change(again(one));
    this.#flush();
  }

  /**
   * Throw away what was refused.
   * @param {string} clientId
   */
  async drop(clientId) {
    await this.#copies.drop(clientId);
  }

  async #flush() {
    if (this.#running) {
      this.#anew = true;
      return;
    }
    this.#running = true;
    try {
      // One window at a time: two would send in another order.
      await alone(() => this.#sendAll());
    } finally {
      this.#running = false;
    }
    if (this.#anew) {
      this.#anew = false;
      this.#flush();
    }
  }

  async #sendAll() {
    for (let [one] = await this.#waiting(); one && this.#connection.state === 'live'; [one] = await this.#waiting()) {
      if (!(await this.#send(one))) return;
    }
  }

  async #waiting() {
    return toSend(await this.#copies.unsent(), this.#person);
  }

  /**
   * Whether there is sense in going on with the next.
   * @param {Outgoing} one
   */
  async #send(one) {
    const { client_id, command, text } = one;
    const whom = one.audience ? { audience: one.audience } : {};
    try {
      const numbers = await carryOut(this.#connection, { command, case: one.case, client_id, text, ...whom });
      await this.#copies.drop(client_id);
      this.#changed(acknowledged(one));
      this.#done(one, numbers);
      return true;
    } catch (problem) {
      if (problem instanceof Refused && problem.code !== 'sign_in_needed') {
        await this.#change(refused(one, problem.message));
        return true;
      }
      if (this.#connection.state === 'live') setTimeout(() => this.#flush(), PAUSE);
      return false;
    }
  }

  /** @param {Outgoing} one */
  async #change(one) {
    await this.#copies.keep(one);
    this.#changed(one);
  }
}

/** @param {() => Promise<void>} work */
async function alone(work) {
  if (navigator.locks) await navigator.locks.request(LOCK, work);
  else await work();
}
