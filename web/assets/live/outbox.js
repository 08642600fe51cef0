// @ts-check
/** Sends what a person has written, in the order written, each message once; keeps it until the server has it. */
import {
  acknowledged,
  again,
  asSeen,
  inTalk,
  isLate,
  LATE,
  nextMoment,
  refused,
  seenBy,
  shownIn,
  toSend,
  written,
} from '../model/outgoing.js';
import { carryOut } from './commands.js';
import { Refused } from './connection.js';

/** @typedef {import('../model/outgoing.js').Outgoing} Outgoing */

/** The lock that one window at a time holds while it sends, and the channel on which it tells the others what became of it. */
const NAME = 'gensvar-outbox';
/** The lock under which a person's words get their places in the order. */
const ORDER = 'gensvar-order';
const PAUSE = 5000;
const SOON = 200;

export class Outbox {
  #connection;
  #copies;
  #person;
  #changed;
  #done;
  #shown;
  #running = false;
  #anew = false;
  #others = new BroadcastChannel(NAME);
  /** What is not put away yet: a page that is closed now could lose it. @type {Set<string>} */
  #keeping = new Set();

  /**
   * @param {import('./connection.js').Connection} connection
   * @param {import('../kept/local_store.js').Copies} copies
   * @param {string} person The key of the one who is signed in.
   * @param {(one: Outgoing, elsewhere: boolean) => void} changed A message was written, sent or refused, here or in another window.
   * @param {(one: Outgoing, numbers: number[]) => void} done The server has it, under these numbers.
   * @param {(caseId: string) => number | undefined} [shown] The newest number that the page shows of a case.
   */
  constructor(connection, copies, person, changed, done, shown = () => undefined) {
    this.#shown = shown;
    this.#connection = connection;
    this.#copies = copies;
    this.#person = person;
    this.#changed = changed;
    this.#done = done;
    this.#others.onmessage = ({ data }) => data.person === person && changed(data, true);
  }

  /** Send what waits, now and whenever the connection is back. */
  start() {
    this.#connection.onState((state) => state === 'live' && this.#flush());
    if (this.#connection.state === 'live') this.#flush();
  }

  /**
   * Take something over for sending; returns when it is kept, and will not be lost any more.
   * @param {Pick<Outgoing, 'case' | 'command' | 'text' | 'audience' | 'widens' | 'files' | 'seen'>} what
   */
  async post(what) {
    const one = written({ ...what, client_id: crypto.randomUUID(), person: this.#person, at: Date.now() });
    this.#keeping.add(one.client_id);
    this.#changed(one, false);
    // Asked for at once: all windows of a person put away in the order in which they were written in.
    await alone(`${ORDER} ${this.#person}`, () => this.#keep(one));
    this.#flush();
  }

  /** What its person has written and the server does not have, whatever case it is of. */
  async waiting() {
    const now = Date.now();
    return (await this.#copies.unsent()).filter(({ person }) => person === this.#person).map((one) => asSeen(one, now));
  }

  /**
   * The same for the page of a case, oldest first.
   * @param {string} caseId
   */
  async waitingIn(caseId) {
    return shownIn(await this.waiting(), this.#person, caseId);
  }

  /**
   * Whether it can still be lost with its page: no more may be promised of it.
   * @param {string} clientId
   */
  isBeingKept(clientId) {
    return this.#keeping.has(clientId);
  }

  /**
   * Try once more what was refused, or has waited for long: it counts as written now.
   * @param {string} clientId
   * @param {'retry' | 'bare' | 'wide'} wish `bare`: without its files, which a server keeps for a shorter time than this browser
   *   keeps the text. `wide`: to everyone, which is meant.
   * @param {number} [head] The newest number that the page shows, if it shows the case.
   */
  async retry(clientId, wish, head) {
    const all = await this.#copies.unsent();
    const one = all.find((each) => each.client_id === clientId);
    if (!one) return;
    const now = Date.now();
    const what = {
      ...(wish === 'bare' && { files: [] }),
      ...(wish === 'wide' && { widens: true }),
      ...(isLate(one, now) && { at: nextMoment(all, this.#person, now) }),
    };
    await this.#change(again({ ...one, ...what }, head ?? one.seen ?? 0));
    this.#flush();
  }

  /**
   * Throw away what was refused.
   * @param {string} clientId
   */
  async drop(clientId) {
    await this.#copies.drop(clientId);
  }

  /** @param {Outgoing} drawn */
  async #keep(drawn) {
    const one = { ...drawn, at: nextMoment(await this.#copies.unsent(), this.#person, drawn.at) };
    await this.#copies.keep(one);
    this.#keeping.delete(one.client_id);
    this.#changed(one, false);
  }

  async #flush() {
    if (this.#running) {
      this.#anew = true;
      return;
    }
    this.#running = true;
    try {
      // One window at a time: two would send in another order.
      await alone(NAME, () => this.#sendAll());
    } finally {
      this.#running = false;
    }
    if (this.#anew) {
      this.#anew = false;
      this.#flush();
    }
  }

  async #sendAll() {
    for (const one of await this.waiting()) if (one.code === LATE) this.#changed(one, false);
    for (let [one] = await this.#next(); one && this.#connection.state === 'live'; [one] = await this.#next()) {
      if (!(await this.#send(one))) return;
    }
  }

  async #next() {
    return toSend(await this.#copies.unsent(), this.#person, Date.now());
  }

  /**
   * Whether there is sense in going on with the next.
   * @param {Outgoing} one
   */
  async #send(one) {
    const { client_id, command, text } = one;
    const more = {
      ...(one.audience && { audience: one.audience }),
      ...(one.widens && { widens: true }),
      ...(one.files?.length && { files: one.files.map(({ id }) => id) }),
      ...seenBy(one, this.#shown(one.case), Date.now()),
    };
    try {
      const numbers = await carryOut(this.#connection, { command, case: one.case, client_id, text, ...more });
      await this.#copies.drop(client_id);
      this.#tell(acknowledged(one));
      this.#done(one, numbers);
      return true;
    } catch (problem) {
      if (
        problem instanceof Refused &&
        problem.code === 'newer_message' &&
        this.#shown(one.case) !== undefined &&
        inTalk(one, Date.now())
      ) {
        // The other's words are on their way to this page too.
        setTimeout(() => this.#flush(), SOON);
        return false;
      }
      if (problem instanceof Refused && problem.code !== 'sign_in_needed') {
        await this.#change(refused(one, problem.message, problem.code));
        return true;
      }
      if (this.#connection.state === 'live') setTimeout(() => this.#flush(), PAUSE);
      return false;
    }
  }

  /** @param {Outgoing} one */
  async #change(one) {
    await this.#copies.keep(one);
    this.#tell(one);
  }

  /**
   * Here, and in the other windows of the same person.
   * @param {Outgoing} one
   */
  #tell(one) {
    this.#changed(one, false);
    this.#others.postMessage(one);
  }
}

/** Where a browser has no locks, what is to be done in order waits here. @type {Map<string, Promise<void>>} */
const queues = new Map();

/**
 * Do it when everything that was asked for before under this name is done, in every window.
 * @param {string} name
 * @param {() => Promise<void>} work
 */
function alone(name, work) {
  if (navigator.locks) return navigator.locks.request(name, work);
  const done = (queues.get(name) ?? Promise.resolve()).then(work, work);
  queues.set(name, done);
  return done;
}
