// @ts-check
/** Local copies of what somebody has written: unsent messages, and texts that are not finished. Bound to person and case. */
import { tooOld } from '../model/outgoing.js';
import { DRAFTS, hasLeft, held, NAME, UNSENT } from './forget.js';

/** @typedef {import('../model/outgoing.js').Outgoing} Outgoing */
/** @typedef {{ key: string, text: string, at: number }} Draft */

/** Without a store (some private windows have none, and a disk can be full) copies live as long as the page, which asks before it is left. */
export class Copies {
  /** @type {Promise<IDBDatabase | null> | null} */
  #opened = null;

  /** Everything that is not confirmed, whoever wrote it. What is too old goes. */
  async unsent() {
    const now = Date.now();
    const kept = /** @type {Outgoing[]} */ ((await this.#do(UNSENT, 'readonly', (store) => store.getAll())) ?? []);
    const all = [...new Map([...kept, ...held.unsent.values()].map((one) => [one.client_id, one])).values()];
    await Promise.all(all.filter((one) => tooOld(one, now)).map((one) => this.drop(one.client_id)));
    return all.filter((one) => !tooOld(one, now));
  }

  /** @param {Outgoing} one */
  async keep(one) {
    held.unsent.set(one.client_id, one);
    const kept = await this.#do(UNSENT, 'readwrite', (store) => store.put(one));
    if (kept) held.unsent.delete(one.client_id);
  }

  /** @param {string} clientId */
  async drop(clientId) {
    held.unsent.delete(clientId);
    await this.#do(UNSENT, 'readwrite', (store) => store.delete(clientId));
  }

  /**
   * A text that was not finished; empty if there is none.
   * @param {string} person
   * @param {string} place The case and the field.
   */
  async draft(person, place) {
    const key = `${person} ${place}`;
    /** @type {Draft | undefined} */
    const draft = held.drafts.get(key) ?? (await this.#do(DRAFTS, 'readonly', (store) => store.get(key)));
    return draft && !tooOld(draft, Date.now()) ? draft.text : '';
  }

  /**
   * Whether it is on the disk now.
   * @param {string} person
   * @param {string} place
   * @param {string} text Empty: nothing is kept.
   */
  async keepDraft(person, place, text) {
    const draft = { key: `${person} ${place}`, text, at: Date.now() };
    held.drafts.delete(draft.key);
    const kept = await this.#do(DRAFTS, 'readwrite', (store) => (text ? store.put(draft) : store.delete(draft.key)));
    if (text && !kept) held.drafts.set(draft.key, draft);
    return Boolean(kept);
  }

  /** Throw away the drafts that are too old; unsent messages go when they are looked for. */
  async tidy() {
    const drafts = /** @type {Draft[]} */ ((await this.#do(DRAFTS, 'readonly', (store) => store.getAll())) ?? []);
    for (const { key } of drafts.filter((draft) => tooOld(draft, Date.now()))) await this.#do(DRAFTS, 'readwrite', (store) => store.delete(key));
  }

  /**
   * Do something with what is kept; returns when it is on the disk, with nothing where that cannot be.
   * @param {string} name
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest} ask
   * @returns {Promise<any>}
   */
  async #do(name, mode, ask) {
    if (hasLeft()) return undefined;
    try {
      const db = await (this.#opened ??= this.#open());
      const change = db?.transaction(name, mode, { durability: 'strict' });
      const request = change && ask(change.objectStore(name));
      // Not only when we are told that it is done: the page may be left now.
      change?.commit();
      await new Promise((go, fail) => {
        if (!change) return go(null);
        change.oncomplete = go;
        change.onabort = fail;
        return undefined;
      });
      return request?.result;
    } catch {
      return undefined;
    }
  }

  /** @returns {Promise<IDBDatabase | null>} */
  #open() {
    return new Promise((go) => {
      const opening = indexedDB.open(NAME, 1);
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore(UNSENT, { keyPath: 'client_id' });
        opening.result.createObjectStore(DRAFTS, { keyPath: 'key' });
      };
      opening.onsuccess = () => {
        const db = opening.result;
        db.onclose = () => this.#close();
        // Another window signs out: let go, so that everything can be thrown away.
        db.onversionchange = () => this.#close();
        go(db);
      };
      opening.onerror = () => go(null);
    });
  }

  #close() {
    this.#opened?.then((db) => db?.close());
    this.#opened = null;
  }
}
