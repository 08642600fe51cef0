// @ts-check
/** Keeps a page's copy of a case complete: what is pushed and what is asked for go the same way, by number. */
import { misses, take, together, upTo } from '../model/feed.js';
import { Refused } from './connection.js';

/** What is on its way may come by itself in this time. */
const GRACE = 300;
const PAUSE = 2000;

/** @typedef {import('../model/thread.js').Entry} Entry */

export class Sync {
  #connection;
  #case;
  #apply;
  #gone;
  /** @type {{ entry: import('../model/feed.js').Feed<Entry>, note: import('../model/feed.js').Feed<Entry> }} */
  #feeds;
  /** The newest number that we know of without having it. */
  #known = 0;
  #asking = false;
  #askedMeanwhile = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {import('./connection.js').Connection} connection
   * @param {{ case: string, head: number, deskHead: number }} at What the page has already.
   * @param {(entries: { entry: Entry, internal: boolean }[]) => void} apply Gets each entry once, in order.
   * @param {() => void} gone The case is no longer this person's.
   */
  constructor(connection, at, apply, gone) {
    this.#connection = connection;
    this.#case = at.case;
    this.#apply = apply;
    this.#gone = gone;
    this.#feeds = { entry: upTo(at.head), note: upTo(at.deskHead) };
  }

  /** Begin, and begin anew after every interruption. */
  start() {
    this.#connection.hear('entry', (entry) => this.#arrived(entry, 'entry'));
    this.#connection.hear('note', (note) => this.#arrived(note, 'note'));
    this.#connection.onState((state) => state === 'live' && this.#ask('watch'));
    if (this.#connection.state === 'live') this.#ask('watch');
  }

  /** The newest number of the party's feed that the page has. */
  get head() {
    return this.#feeds.entry.head;
  }

  /**
   * There is something up to number `n`: an acknowledgement said so.
   * @param {number} n
   */
  expect(n) {
    this.#known = Math.max(this.#known, n);
    this.#soon();
  }

  /**
   * @param {Entry} entry
   * @param {'entry' | 'note'} feed
   */
  #arrived(entry, feed) {
    if (entry.case !== this.#case) return;
    this.#take(feed === 'entry' ? [entry] : [], feed === 'note' ? [entry] : []);
    this.#soon();
  }

  /**
   * @param {Entry[]} entries
   * @param {Entry[]} notes
   */
  #take(entries, notes) {
    const shared = take(this.#feeds.entry, entries);
    const internal = take(this.#feeds.note, notes);
    this.#feeds = { entry: shared.feed, note: internal.feed };
    const ready = together(shared.ready, internal.ready);
    if (ready.length) this.#apply(ready);
  }

  get #incomplete() {
    return misses(this.#feeds.entry) || misses(this.#feeds.note) || this.#known > this.head;
  }

  #soon() {
    clearTimeout(this.#timer);
    if (this.#incomplete) this.#timer = setTimeout(() => this.#ask('catch_up'), GRACE);
  }

  /** @param {'watch' | 'catch_up'} how */
  async #ask(how) {
    if (this.#asking && how === 'catch_up') {
      this.#askedMeanwhile = true;
      return;
    }
    this.#asking = true;
    try {
      await this.#askOn(how);
    } catch (problem) {
      this.#failed(how, problem);
    } finally {
      this.#asking = false;
      if (this.#askedMeanwhile) this.#soon();
      this.#askedMeanwhile = false;
    }
  }

  /**
   * Ask until nothing is left to get: an answer holds at most a page.
   * @param {'watch' | 'catch_up'} how
   */
  async #askOn(how) {
    for (let next = how, more = true; more; next = 'catch_up') {
      const { entry, note } = this.#feeds;
      const got = await this.#connection.request(next, { case: this.#case, after: entry.head, desk_after: note.head, rows: true });
      this.#take(got.entries, got.notes);
      const moved = this.#feeds.entry.head > entry.head || this.#feeds.note.head > note.head;
      more = moved && (got.head > this.#feeds.entry.head || got.desk_head > this.#feeds.note.head);
      this.#known = Math.min(this.#known, got.head);
    }
  }

  /**
   * @param {'watch' | 'catch_up'} how
   * @param {unknown} problem
   */
  #failed(how, problem) {
    // Lost: it begins anew when the connection is back.
    if (!(problem instanceof Refused)) return;
    if (['no_such_case', 'not_yours'].includes(problem.code)) this.#gone();
    else if (problem.code !== 'sign_in_needed') setTimeout(() => this.#ask(how), Math.max(PAUSE, problem.wait));
  }
}
