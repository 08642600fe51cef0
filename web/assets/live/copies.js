// @ts-check
/** Local copies of what somebody has written: unsent messages, and texts that are not finished. Bound to person and case. */
import { aged } from '../model/aging.js';
import { DRAFTS, hasLeft, held, NAME, UNSENT } from './forget.js';

/** @typedef {import('../model/outgoing.js').Outgoing} Outgoing */
/** @typedef {{ key: string, text: string, at: number, day?: string, days?: number }} Draft */

/** Without a store (some private windows have none, and a disk can be full) copies live as long as the page, which asks before it is left. */
export class Copies {
  /** @type {Promise<IDBDatabase | null> | null} */
  #opened = null;

  /** Everything that is not confirmed, whoever wrote it. */
  async unsent() {
    const kept = /** @type {Outgoing[]} */ ((await this.#do(UNSENT, 'readonly', (store) => store.getAll())) ?? []);
    return [...new Map([...kept, ...held.unsent.values()].map((one) => [one.client_id, one])).values()];
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
    return draft?.text ?? '';
  }

  /**
   * Whether it is on the disk now.
   * @param {string} person
   * @param {string} place
   * @param {string} text Empty: nothing is kept.
   */
  async keepDraft(person, place, text) {
    const draft = { key: `${person} ${place}`, text, at: Date.now(), day: new Date().toDateString() };
    held.drafts.delete(draft.key);
    const kept = await this.#do(DRAFTS, 'readwrite', (store) => (text ? store.put(draft) : store.delete(draft.key)));
    if (text && !kept) held.drafts.set(draft.key, draft);
    return Boolean(kept);
  }

  /** A day has passed for every draft in which nothing was written: in the end it goes. */
  async tidy() {
    const today = new Date().toDateString();
    await this.#do(DRAFTS, 'readwrite', (store) => {
      const walking = store.openCursor();
      walking.onsuccess = () => {
        const at = walking.result;
        if (!at) return;
        const draft = aged(/** @type {Draft} */ (at.value), today);
        if (!draft) at.delete();
        else if (draft !== at.value) at.update(draft);
        at.continue();
      };
      return walking;
    }, { whole: false });
  }

  /**
   * Do something with what is kept; returns when it is on the disk, with nothing where that cannot be.
   * @param {string} name
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest} ask
   * @param {{ whole: boolean }} how `whole`: nothing is asked after that.
   * @returns {Promise<any>}
   */
  async #do(name, mode, ask, { whole } = { whole: true }) {
    if (hasLeft()) return undefined;
    try {
      const db = await (this.#opened ??= this.#open());
      const change = db?.transaction(name, mode, { durability: 'strict' });
      const request = change && ask(change.objectStore(name));
      // Not only when we are told that it is done: the page may be left now.
      if (whole) change?.commit();
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
