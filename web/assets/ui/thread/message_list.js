// @ts-check
/** The rows of a thread: new ones are put where they belong, and nobody is moved away from what they read. */
import { dayOf } from '../../model/dates.js';
import { footOf } from '../../model/read_by.js';
import { announce } from '../announcer.js';
import { whatCalls } from '../attention.js';
import { become, button, show, slot } from '../drawing.js';
import { group } from './grouping.js';
import { drawDay, drawOutgoing, drawRow, setFoot } from './rows.js';
import { asked, atEnd, depth, inSight, onResize, onScroll, scrollsAlone, toEnd } from './scrolling.js';
import { word } from '../words.js';

/** @typedef {import('../../model/thread.js').Row} Row */
/** @typedef {import('../../model/outgoing.js').Outgoing} Outgoing */

export class MessageList {
  #log;
  #look;
  #url;
  #side;
  #newest;
  /** @type {Map<string, { n: number, at: string, kind: string, name: string }>} How far others have read, by name. */
  #marks = new Map();
  /** @type {HTMLElement[]} Rows of others that came while somebody read further up. */
  #unseen = [];
  /** Whether somebody reads at the end, and stays there when more comes. */
  #following = true;
  #depth = 0;
  /** What was asked when the page was last drawn, by name. */
  #asked = new Set();
  /** @type {(what: 'retry' | 'bare' | 'wide' | 'drop', clientId: string) => void} `bare`: once more, without its files; `wide`: to everyone. */
  onWish = () => {};

  /**
   * @param {HTMLElement} log
   * @param {{ look: import('../../model/thread.js').Look, url: string, side: 'reporter' | 'care' | 'board' }} viewer
   */
  constructor(log, { look, url, side }) {
    this.#log = log;
    this.#look = look;
    this.#url = url;
    this.#side = side;
    this.#newest = /** @type {HTMLElement | null} */ (document.querySelector('[data-new-button]'));
    this.#newest?.addEventListener('click', () => this.#goToUnseen());
    onScroll(log, () => this.#lookAgain());
    onResize(log, () => this.#following && toEnd(log));
    this.#following = !this.#isElsewhere();
    if (this.#following) toEnd(log, true);
    // The browser goes to the fragment of its address once more when everything has come.
    addEventListener('load', () => this.#following && toEnd(log, true));
    this.#asked = new Set(this.#questions().map(nameOf));
  }

  /** How many rows of others nobody has looked at yet. */
  get unseen() {
    return this.#unseen.length;
  }

  /** The last row that the server has. */
  get last() {
    let row = this.#log.lastElementChild;
    while (row && !(row instanceof HTMLElement && row.dataset.entry)) row = row.previousElementSibling;
    return row;
  }

  /** Somebody looks for what is older: the end is not where they want to be. */
  leaveEnd() {
    this.#following = false;
  }

  /**
   * Whether something one has written is shown that the server has not confirmed.
   * @param {string} clientId
   */
  waits(clientId) {
    const drawn = this.#sent(clientId);
    return drawn !== null && !drawn.dataset.entry;
  }

  /**
   * Draw rows that have come.
   * @param {Row[]} rows
   */
  add(rows) {
    for (const row of rows) this.#place(row);
    if (this.#following) toEnd(this.#log);
    this.#count();
  }

  /** Tell of what is asked since the last time, below the rows. */
  tellAsked() {
    const before = this.#asked;
    this.#asked = new Set(this.#questions().map(nameOf));
    for (const one of this.#questions()) {
      if (before.has(nameOf(one))) continue;
      announce(one.querySelector('h3')?.textContent ?? '');
      if (this.#following) toEnd(this.#log);
      if (!inSight(this.#log, one)) this.#unseen.push(one);
    }
    this.#unseen = this.#unseen.filter((one) => one.isConnected);
    this.#count();
  }

  /**
   * Draw what somebody has just written, or how it stands with it.
   * @param {Outgoing} one
   * @param {string} wait What is said of one that is not sent yet.
   */
  outgoing(one, wait) {
    let drawn = this.#sent(one.client_id);
    if (drawn?.dataset.entry) return;
    if (!drawn) {
      drawn = drawOutgoing(one, this.#side, this.#url);
      this.#log.append(drawn);
      group(drawn);
      this.#following = true;
      toEnd(this.#log);
    }
    show(drawn, 'files', Boolean(one.files?.length));
    drawn.classList.toggle('msg--pending', one.state === 'pending');
    drawn.classList.toggle('msg--failed', one.state === 'failed');
    this.#tell(drawn, one, wait);
  }

  /**
   * Somebody else has read up to a number: of what was for them.
   * @param {{ n: number, at: string, kind: string, name: string }} mark
   * @returns {boolean} Whether that is new.
   */
  read(mark) {
    this.#marks.set(mark.name, mark);
    let news = false;
    for (const row of this.#rows(`[data-own][data-entry][data-to~="${CSS.escape(mark.kind)}"]`)) {
      const text = footOf(
        { n: Number(row.dataset.entry), to: row.dataset.to?.split(' ') ?? [] },
        [...this.#marks.values()],
        this.#look,
        new Date(),
      );
      if (text) news = setFoot(row, text, 'check') || news;
    }
    return news;
  }

  /**
   * What staff are reminded of by an entry; `null` leaves it as it is.
   * @param {number} n
   * @param {{ unanswered: boolean | null, asks: boolean | null }} what
   */
  remind(n, { unanswered, asks }) {
    for (const [name, on] of /** @type {const} */ ([
      ['unanswered', unanswered],
      ['asks', asks],
    ])) {
      if (on === null) continue;
      for (const flag of this.#rows(`[data-slot="${name}"]:not([hidden])`)) this.#flag(flag.closest('[data-said]'), name, false);
      if (on) this.#flag(this.#log.querySelector(`[data-said][data-entry="${n}"]`), name, true);
    }
  }

  /**
   * @param {Row} row
   */
  #place(row) {
    // From then on it matters to whom something is said.
    if (row.icon === 'group') this.#log.dataset.three = '';
    const waiting = row.client_id && row.type !== 'event' ? this.#sent(row.client_id, row.type === 'note' ? '' : ':not(.msg--note)') : null;
    if (waiting?.dataset.entry) return;
    const before = this.#after(row);
    const drawn = waiting ? this.#confirm(waiting, row) : drawRow(row);
    const after = drawn.nextElementSibling;
    const inPlace = drawn === waiting && (before === waiting || (before === null && waiting === this.#log.lastElementChild));
    if (!inPlace) this.#log.insertBefore(drawn, before);
    this.#divide(drawn, new Date(row.at));
    for (const each of [drawn, drawn.nextElementSibling, after]) group(each);
    for (const mark of row.own ? this.#marks.values() : []) this.read(mark);
    if (!row.own && !this.#following) this.#unseen.push(drawn);
  }

  /**
   * What one has written oneself was read out when it was drawn: what becomes of it is told by the status alone.
   * @param {HTMLElement} waiting
   * @param {Row} row
   */
  #confirm(waiting, row) {
    const wanted = drawRow(row);
    waiting.setAttribute('aria-live', 'off');
    wanted.setAttribute('aria-live', 'off');
    become(waiting, wanted);
    return waiting;
  }

  /**
   * The row that this one stands before: a later one, or what is not yet sent. Within a feed the numbers say what is later,
   * between the party's and the desk's the moments do.
   * @param {Row} row
   */
  #after({ n, at, type }) {
    let before = null;
    // From the end, where it belongs almost always: a thread can be long.
    for (
      let other = this.#log.lastElementChild;
      other instanceof HTMLElement;
      other = /** @type {HTMLElement | null} */ (other.previousElementSibling)
    ) {
      if (!other.matches('[data-entry], [data-client-id]')) continue;
      if (!other.dataset.entry) before = other;
      else if ((other.dataset.feed === 'desk') === (type === 'note')) {
        if (Number(other.dataset.entry) <= n) break;
        before = other;
      } else if (Date.parse(other.dataset.at ?? '') > Date.parse(at)) before = other;
    }
    const divider = before?.previousElementSibling;
    // A later day begins with its divider.
    if (before && divider instanceof HTMLElement && divider.dataset.day && before.dataset.at && divider.dataset.day > dayOf(new Date(at)))
      return divider;
    return before;
  }

  /**
   * A divider where a new day begins.
   * @param {HTMLElement} row
   * @param {Date} at
   */
  #divide(row, at) {
    let above = row.previousElementSibling;
    while (above && !(above instanceof HTMLElement && above.dataset.day)) above = above.previousElementSibling;
    if (!(above instanceof HTMLElement) || above.dataset.day !== dayOf(at)) row.before(drawDay(at));
  }

  /**
   * @param {HTMLElement} drawn
   * @param {Outgoing} one
   * @param {string} wait
   */
  #tell(drawn, one, wait) {
    const text = { pending: wait, sent: word('sent'), failed: `${word('failed')} ${one.reason}` }[one.state];
    setFoot(drawn, text, { pending: 'clock', sent: 'check', failed: 'warning' }[one.state]);
    const foot = slot(drawn, 'foot');
    foot?.querySelectorAll('button').forEach((each) => each.remove());
    if (one.state !== 'failed' || !foot) return;
    for (const [wish, name] of /** @type {const} */ ([
      ['retry', 'try_again'],
      ['wide', 'to_all'],
      ['bare', 'without_files'],
      ['drop', 'remove'],
    ])) {
      if (wish === 'bare' && !one.files?.length) continue;
      // Once more alone would be refused again.
      if (wish === (one.code === 'asks_wider' ? 'retry' : 'wide')) continue;
      const made = button(word(name), 'msg__again');
      made.addEventListener('click', () => this.#wished(wish, drawn, one.client_id));
      foot.append(made);
    }
  }

  /**
   * @param {'retry' | 'bare' | 'wide' | 'drop'} wish
   * @param {HTMLElement} drawn
   * @param {string} clientId
   */
  #wished(wish, drawn, clientId) {
    if (wish === 'drop') drawn.remove();
    document.querySelector('textarea')?.focus();
    this.onWish(wish, clientId);
  }

  /**
   * @param {Element | null} row
   * @param {string} name
   * @param {boolean} on
   */
  #flag(row, name, on) {
    if (!row) return;
    show(row, name, on);
    if (name === 'unanswered') row.classList.toggle('msg--flag', on);
  }

  #goToUnseen() {
    const [first] = this.#unseen;
    if (!first) return;
    first.scrollIntoView({ block: 'start' });
    // The button goes away: whoever pressed it by keyboard must not end up nowhere.
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    this.#unseen = [];
    this.#count();
  }

  #lookAgain() {
    const now = depth(this.#log);
    // Rows that grow carry nobody away: only who goes up leaves the end.
    if (atEnd(this.#log)) this.#following = true;
    else if (now < this.#depth) this.#following = false;
    this.#depth = now;
    if (!this.#unseen.length) return;
    this.#unseen = this.#following ? [] : this.#unseen.filter((row) => !inSight(this.#log, row));
    this.#count();
  }

  #count() {
    if (!this.#newest) return;
    const n = this.#unseen.length;
    this.#newest.hidden = n === 0;
    const asks = this.#unseen.some((one) => !this.#log.contains(one));
    if (n) this.#newest.textContent = asks ? word('new_question') : word('new', { n });
  }

  /** Whether somebody was sent to a certain row, or to something that calls for them on another part of the page. */
  #isElsewhere() {
    if (this.#log.contains(document.getElementById(location.hash.slice(1)))) return true;
    const call = whatCalls();
    return call?.dataset.attention !== undefined && !this.#log.parentElement?.contains(call) && !scrollsAlone(this.#log);
  }

  #questions() {
    return [.../** @type {HTMLCollectionOf<HTMLElement>} */ (asked(this.#log)?.children ?? [])].filter(nameOf);
  }

  /**
   * What was sent by a command, which may have left a note at the desk too.
   * @param {string} clientId
   */
  #sent(clientId, but = '') {
    return /** @type {HTMLElement | null} */ (this.#log.querySelector(`[data-client-id="${CSS.escape(clientId)}"]${but}`));
  }

  /**
   * @param {string} selector
   * @returns {NodeListOf<HTMLElement>}
   */
  #rows(selector) {
    return this.#log.querySelectorAll(selector);
  }
}

/**
 * What tells a question from others; empty for what is none.
 * @param {HTMLElement} card
 */
function nameOf(card) {
  return card.matches('[data-errors]') ? '' : (card.getAttribute('aria-labelledby') ?? '');
}
