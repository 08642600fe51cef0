// @ts-check
/** Local copies of what somebody has written: unsent messages, and texts that are not finished. Bound to person and case. */
import { DRAFTS, hasLeft, held, NAME, UNSENT } from './wipe.js';

/** @typedef {import('../model/outgoing.js').Outgoing} Outgoing */
/** @typedef {{ id: string, name: string, upload?: string, locked?: boolean }} Attached A file that has come, and where its upload can be asked for. */
/** @typedef {{ key: string, text: string, audience?: string, files?: Attached[], sent?: string, at: number, day?: string, days?: number, old?: boolean, passing?: boolean }} Draft `passing`: what was looked for, which nobody is asked about in the end. */

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
   * A text that was not finished, with what was kept beside it.
   * @param {string} person
   * @param {string} place The case and the field.
   * @returns {Promise<Draft | undefined>}
   */
  async draft(person, place) {
    const key = `${person} ${place}`;
    return held.drafts.get(key) ?? this.inDrafts('readonly', (store) => store.get(key));
  }

  /**
   * The keys of the texts for a place, whichever windows they stand in; with neither person nor place, of all.
   * @param {string} person
   * @param {string} place
   * @returns {Promise<IDBValidKey[]>}
   */
  async placesOf(person, place) {
    return (await this.inDrafts('readonly', (store) => store.getAllKeys(person ? keysFrom(`${person} ${place}`) : null))) ?? [];
  }

  /**
   * Whether it is on the disk now. Whom a text is for, and the files that go with it, are one with it: it never comes back for others.
   * @param {string} person
   * @param {string} place
   * @param {string} text
   * @param {Pick<Draft, 'audience' | 'files' | 'sent'>} [beside] With no text and no files nothing is kept.
   */
  async keepDraft(person, place, text, beside) {
    const draft = { key: `${person} ${place}`, text, ...beside, at: Date.now(), day: new Date().toDateString() };
    const empty = !text && !beside?.files?.length;
    held.drafts.delete(draft.key);
    const kept = await this.inDrafts('readwrite', (store) => (empty ? store.delete(draft.key) : store.put(draft)));
    if (!empty && !kept) held.drafts.set(draft.key, draft);
    return Boolean(kept);
  }

  /**
   * Do something with the texts that are not finished; see `#do`.
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest} ask
   * @param {{ whole: boolean }} [how]
   */
  inDrafts(mode, ask, how) {
    return this.#do(DRAFTS, mode, ask, how);
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

/**
 * What begins with this: by itself, where windows cannot be told apart, or followed by the name of a window.
 * @param {string} start
 */
export function keysFrom(start) {
  return IDBKeyRange.bound(start, `${start} \uffff`);
}
