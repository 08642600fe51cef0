// @ts-check
/** A live thread: what is said and done comes in, what is written goes out. For citizens and for staff. */
import { Connection } from '../../live/connection.js';
import { Copies } from '../../kept/local_store.js';
import { Drafts } from '../../kept/drafts.js';
import { fetchParts } from '../../live/fragments.js';
import { Outbox } from '../../live/outbox.js';
import { Reads } from '../../live/reads.js';
import { Sync } from '../../live/sync.js';
import { LATE } from '../../model/outgoing.js';
import { alarm, announce, calm } from '../../ui/announcer.js';
import { Composers, holdsFiles } from '../../ui/thread/composer.js';
import { MessageList } from '../../ui/thread/message_list.js';
import { Net } from '../../ui/connection_status.js';
import { Others } from '../../ui/thread/presence.js';
import { ReadMarks } from '../../ui/thread/read_marks.js';
import { showWhenUrgent } from '../../ui/thread/urgent.js';
import { whoLooks } from '../../ui/thread/viewer.js';
import { language, word } from '../../ui/words.js';
import { takeFiles, waitsForFiles } from './files.js';
import { Refreshing } from './refreshing.js';

/** @typedef {import('../../model/thread.js').Entry} Entry */

/** What is said of a message that is not sent yet. */
const WAITS = { connecting: 'sending', live: 'sending', offline: 'waits_for_net', signed_out: 'waits_for_sign_in' };

/**
 * Make the thread on this page live.
 * @param {Connection} connection
 * @param {HTMLElement} thread The element that says which case it is.
 */
export async function converse(connection, thread) {
  const at = { case: thread.dataset.case ?? '', head: Number(thread.dataset.head), deskHead: Number(thread.dataset.deskHead ?? 0) };
  const { person, staff } = whoLooks();
  const look = { staff, language: language(), say: word };
  const log = /** @type {HTMLElement} */ (thread.querySelector('[data-log]'));
  const side = /** @type {'reporter' | 'care' | 'board'} */ (thread.dataset.side);
  const list = new MessageList(log, { look, url: thread.dataset.url ?? location.pathname, side });
  const copies = new Copies();
  const drafts = new Drafts(copies, person);
  const others = new Others();
  const net = new Net();
  /** @param {import('../../model/outgoing.js').Outgoing} one */
  const draw = (one) =>
    list.outgoing(
      one.code === LATE && !one.reason ? { ...one, reason: word('late') } : one,
      word(outbox.isBeingKept(one.client_id) ? 'sending' : WAITS[connection.state]),
    );

  const refreshing = new Refreshing(() => {
    showSeen(sync.head);
    others.draw();
    net.draw();
    composers.restore();
    list.tellAsked();
  });
  const reads = new Reads(connection);
  const marks = new ReadMarks(
    log,
    Number(thread.dataset.read),
    () => ({ n: sync.head, row: list.last }),
    (n) => {
      composers.showed(n);
      reads.tell({ case: at.case, n });
    },
  );
  const sync = new Sync(connection, at, came, gone);
  const outbox = new Outbox(
    connection,
    copies,
    person,
    (one, elsewhere) => {
      if (one.case !== at.case || (elsewhere && !list.waits(one.client_id))) return;
      draw(one);
      if (elsewhere) return;
      if (one.state !== 'pending') announce(word(one.state === 'sent' ? 'sent' : 'failed'));
    },
    (one, numbers) => {
      if (one.case === at.case && one.command !== 'write_note') sync.expect(Math.max(0, ...numbers));
    },
    (one) => (one === at.case ? sync.head : undefined),
  );
  const composers = new Composers({
    send: (command, text, { audience, widens }, files) => {
      // A note is no reply: nobody else reads it.
      const seen = command === 'write_note' ? {} : { seen: sync.head };
      return outbox.post({ case: at.case, command, text, ...(audience && { audience }), ...(widens && { widens }), files, ...seen });
    },
    typing: (on, audience) => connection.tell('typing', { case: at.case, on, ...(audience && { audience }) }),
    keep: (kind, text, beside) => drafts.keep(`${at.case} ${kind}`, text, beside),
    kept: (kind, wanted) => drafts.begun(`${at.case} ${kind}`, wanted),
    attach: (form) => showFiles(form).catch(() => announce(word('no_net'))),
    hold: () => staff && readFirst(list),
    wait: (form, pressed) => waitsForFiles(form, pressed) || waitsForNet(form),
  });

  /** @param {{ entry: Entry, internal: boolean }[]} entries */
  function came(entries) {
    const rows = entries.flatMap(({ entry }) => entry.rows);
    list.add(rows);
    composers.follow(rows);
    if (staff) for (const { entry, internal } of entries) if (!internal) list.remind(entry.n, entry.reminders);
    showSeen(sync.head);
    if (entries.some(({ entry }) => entry.changes)) refreshing.soon();
    marks.look();
  }

  /** @param {HTMLFormElement} form */
  async function showFiles(form) {
    const { showAgain } = await import('./uploading.js');
    await showAgain(form, () => composers.keep(form));
  }

  /** Whether the page says that files wait. */
  let held = false;

  /**
   * A page that goes where nobody answers would take along what is written in it.
   * @param {HTMLFormElement} form
   */
  function waitsForNet(form) {
    if (connection.state === 'live' || !holdsFiles(form)) return false;
    if (connection.state === 'signed_out') leadToSignIn();
    else alarm(word('files_wait'));
    held = true;
    return true;
  }

  function leadToSignIn() {
    const here = location.pathname + location.search + location.hash;
    alarm(word('signed_out'), { href: `/logga-in?next=${encodeURIComponent(here)}`, label: word('sign_in') });
  }

  async function gone() {
    const list = staff ? '/personal' : '/hem';
    // The desk has it at hand: whoever loses a case there does so by what others do, with a net or without.
    (await import('../../ui/access_lost.js')).takeAway();
    alarm(word('moved'), { href: list, label: word('to_list') });
    // This address leads nowhere any more: from now on the page is the list beside it.
    history.replaceState(null, '', list + location.search);
    refreshing.soon();
  }

  showWhenUrgent(connection);
  // Where its script cannot be had, the link is one.
  if (document.querySelector('[data-older]')) leadToOlder(log, list).catch(() => {});
  list.onWish = (wish, clientId) => (wish === 'drop' ? outbox.drop(clientId) : outbox.retry(clientId, wish, sync.head));
  connection.hear('gone', (told) => told.case === at.case && gone());
  connection.hear('typing', (told) => told.case === at.case && others.types(told));
  connection.hear('presence', (told) => told.case === at.case && others.present(told.here));
  connection.hear('read', (told) => {
    if (told.case === at.case && list.read({ ...told, name: told.name ?? word(`name_${told.kind}`) })) refreshing.soon();
  });
  connection.onState(async (state) => {
    net.turned(state);
    if (state === 'live') {
      marks.again();
      if (held) calm();
      held = false;
    } else others.unknown();
    if (state === 'signed_out') leadToSignIn();
    for (const one of await outbox.waitingIn(at.case)) draw(one);
  });

  takeFiles(
    (form) =>
      form.dataset.composer === 'message'
        ? { case: at.case, client_id: form.querySelector('[name="client_id"]')?.getAttribute('value') ?? '' }
        : null,
    (form, sent) => {
      composers.keep(form);
      sendAfter(form, sent);
    },
  );
  composers.restore();
  for (const one of await outbox.waitingIn(at.case)) draw(one);
  sync.start();
  outbox.start();
  marks.look();
}

/**
 * All files have come: send what somebody wanted to send before.
 * @param {HTMLFormElement} form
 * @param {boolean} sent
 */
function sendAfter(form, sent) {
  const pressed = form.dataset.after;
  delete form.dataset.after;
  if (sent && pressed !== undefined) form.requestSubmit(pressed ? form.querySelector(`button[data-command="${pressed}"]`) : null);
}

/**
 * What is older, where there is more than the page shows; without the script for it the link leads there.
 * @param {HTMLElement} log
 * @param {MessageList} list
 */
async function leadToOlder(log, list) {
  const { Older } = await import('../../ui/thread/older.js');
  new Older(log, async (url) => {
    const { status, page } = await fetchParts(url);
    // Somebody else may have signed in at another page of this browser.
    if (status !== 200 || whoLooks(page).person !== whoLooks().person) throw new Error('not to be had');
    list.leaveEnd();
    return page;
  });
}

/**
 * A form that is sent as a page tells how far its writer had seen.
 * @param {number} n
 */
function showSeen(n) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('[data-composer] input[name="seen"]'));
  for (const field of fields) field.value = String(n);
}

/**
 * Nobody answers past a message that has just come.
 * @param {MessageList} list
 */
function readFirst(list) {
  if (!list.unseen) return false;
  announce(word('read_first'));
  document.querySelector('[data-new-button]')?.scrollIntoView({ block: 'nearest' });
  return true;
}
