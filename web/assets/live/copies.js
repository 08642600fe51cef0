// @ts-check
/** Local copies of what somebody has written: unsent messages, and texts that are not finished. Bound to person and case. */
import { openDB } from '../vendor/idb.js';
import { tooOld } from '../model/outgoing.js';
import { NAME, UNSENT } from './forget.js';

/** @typedef {import('../model/outgoing.js').Outgoing} Outgoing */
/** @typedef {{ key: string, text: string, at: number }} Draft */

const DRAFTS = 'drafts';

/** Without a store (some private windows have none) copies live as long as the page. */
export class Copies {
  /** @type {Promise<import('idb').IDBPDatabase | null> | null} */
  #opened = null;
  /** @type {Map<string, Outgoing>} */
  #unsent = new Map();
  /** @type {Map<string, Draft>} */
  #drafts = new Map();

  /** Everything that is not confirmed, whoever wrote it. What is too old goes. */
  async unsent() {
    const now = Date.now();
    const all = (await (await this.#db())?.getAll(UNSENT)) ?? [...this.#unsent.values()];
    await Promise.all(all.filter((one) => tooOld(one, now)).map((one) => this.drop(one.client_id)));
    return /** @type {Outgoing[]} */ (all.filter((one) => !tooOld(one, now)));
  }

  /** @param {Outgoing} one */
  async keep(one) {
    const db = await this.#db();
    if (db) await db.put(UNSENT, one);
    else this.#unsent.set(one.client_id, one);
  }

  /** @param {string} clientId */
  async drop(clientId) {
    this.#unsent.delete(clientId);
    await (await this.#db())?.delete(UNSENT, clientId);
  }

  /**
   * A text that was not finished; empty if there is none.
   * @param {string} person
   * @param {string} place The case and the field.
   */
  async draft(person, place) {
    const key = `${person} ${place}`;
    const draft = (await (await this.#db())?.get(DRAFTS, key)) ?? this.#drafts.get(key);
    return draft && !tooOld(draft, Date.now()) ? draft.text : '';
  }

  /**
   * @param {string} person
   * @param {string} place
   * @param {string} text Empty: nothing is kept.
   */
  async keepDraft(person, place, text) {
    const draft = { key: `${person} ${place}`, text, at: Date.now() };
    const db = await this.#db();
    if (text) await (db ? db.put(DRAFTS, draft) : this.#drafts.set(draft.key, draft));
    else await (db ? db.delete(DRAFTS, draft.key) : this.#drafts.delete(draft.key));
  }

  /** Throw away the drafts that are too old; unsent messages go when they are looked for. */
  async tidy() {
    const db = await this.#db();
    for (const draft of (await db?.getAll(DRAFTS)) ?? []) if (tooOld(draft, Date.now())) await db?.delete(DRAFTS, draft.key);
  }

  async #db() {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  /** @returns {Promise<import('idb').IDBPDatabase | null>} */
  async #open() {
    try {
      const db = await openDB(NAME, 1, {
        upgrade(/** @type {import('idb').IDBPDatabase} */ made) {
          made.createObjectStore(UNSENT, { keyPath: 'client_id' });
          made.createObjectStore(DRAFTS, { keyPath: 'key' });
        },
        // Another window signs out: let go, so that everything can be thrown away.
        blocking: () => this.#close(),
        terminated: () => this.#close(),
      });
      return db;
    } catch {
      return null;
    }
  }

  #close() {
    this.#opened?.then((db) => db?.close());
    this.#opened = null;
  }
}
