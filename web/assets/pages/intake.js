// @ts-check
/** The guided chat without waiting for pages: the same forms, sent from here. Whatever goes wrong, the form itself still works. */
import { hasLeft } from '../kept/wipe.js';
import { fetchParts, NoAnswer, sendForm } from '../live/fragments.js';
import { dropHalfway, isWritten, keepHalfway, putBackHalfway } from '../kept/tab_draft.js';
import { findUnits } from '../live/units.js';
import { alarm, calm, hush } from '../ui/announcer.js';
import { count, drawCounters } from '../ui/counter.js';
import { addressOf, holdsQuestion, intakeSection, setTitle, showQuestion } from '../ui/intake.js';
import { dropMended } from '../ui/mended.js';
import { Picker } from '../ui/picker.js';
import { whoLooks } from '../ui/thread/viewer.js';
import { word } from '../ui/words.js';
import { takeFiles, waitsForFiles } from './parts/files.js';
import { readAloud } from './parts/aloud.js';
import { follow } from './parts/following.js';
import { begin, heedDanger } from './parts/telling.js';

/** Too slow, too large, too often: said beside the form, which keeps what is typed. A page of its own would take its place. */
const TOLD = [408, 413, 429];

let busy = false;
/** Which of this tab's pages is shown, counted from the first: a step that leads nowhere can be undone. */
let at = Number(history.state?.at ?? 0);
history.replaceState({ at }, '');
/** How often somebody has gone on, or back: the answer to an older step is not shown any more. */
let steps = 0;

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== 'post' || !intakeSection()?.contains(form)) return;
  event.preventDefault();
  if (!waitsForFiles(form, event.submitter)) send(form, event.submitter);
});

document.addEventListener('input', ({ target }) => {
  const asked = question();
  if (asked && target instanceof Node && asked.contains(target) && !hasLeft()) keepHalfway(place(), asked);
});

// Level by level through the directory: the same pages as the links lead to.
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('[data-browse] a') : null;
  const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented;
  if (!(link instanceof HTMLAnchorElement) || elsewhere) return;
  event.preventDefault();
  browse(link.href);
});

// What is chosen is sent at once: nobody goes on and leaves a file behind.
takeFiles(draftOf, filesCame);

addEventListener('popstate', async ({ state }) => {
  steps += 1;
  const step = steps;
  // To a place within the page: the browser has done it.
  if (!state) history.replaceState({ at }, '');
  const to = Number(history.state.at);
  if (to === at) return;
  try {
    const { page } = await fetchParts(location.pathname + location.search);
    // A slow answer, and somebody has gone on meanwhile.
    if (step !== steps) return;
    if (!holdsQuestion(page)) throw new Error('another kind of page');
    at = to;
    shown(page);
  } catch (problem) {
    if (step !== steps) return;
    if (!(problem instanceof NoAnswer)) location.reload();
    else {
      // The address is that of what is shown: whoever reloads gets the question they see.
      history.go(at - to);
      stay();
    }
  }
});

follow(
  () => busy || Boolean(document.querySelector('[data-uploading]')),
  (page, url) => {
    if (new URL(url).pathname !== location.pathname) wentTo(new URL(url).pathname);
    shown(page);
  },
);
count();
begin();
heedDanger();
dropMended(setTitle);
begun();

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} pressed
 */
async function send(form, pressed) {
  if (busy) return;
  busy = true;
  const fields = fieldsOf(form, pressed);
  const sent = place().question;
  try {
    const { status, url, page } = await sendForm(form.action, fields);
    if (status < 400) dropHalfway(sent);
    if (holdsQuestion(page)) {
      if (status < 400 && new URL(url).pathname !== location.pathname) wentTo(url);
      // Another one is asked instead: the address is that of what is shown.
      else if (addressOf(page) !== location.pathname) history.replaceState({ at }, '', addressOf(page));
      shown(page, status >= 400 && addressOf(page) === addressOf(document));
    } else if (status < 400) location.assign(url);
    else if (status >= 500) stay();
    else if (TOLD.includes(status)) alarm(page.querySelector('.lead')?.textContent || word('no_server'));
    else submitPlainly(form, pressed);
  } catch (problem) {
    if (problem instanceof NoAnswer) stay();
    else submitPlainly(form, pressed);
  } finally {
    busy = false;
  }
}

/** @param {HTMLFormElement} form */
function draftOf(form) {
  const [draft] = form.querySelector('input[name="revision"]')?.getAttribute('value')?.split('.') ?? [];
  return form.matches('[data-upload]') && draft && draft !== 'ny' ? { draft } : null;
}

/**
 * The files hang on the draft now: show them, and go on if somebody wanted to.
 * @param {HTMLFormElement} form
 * @param {boolean} sent
 */
async function filesCame(form, sent) {
  const { page } = await fetchParts(location.pathname + location.search);
  if (!document.querySelector('form[data-upload]') || !holdsQuestion(page)) return null;
  const beside = form.querySelector('[data-files-beside]');
  const drawn = page.querySelector('[data-files-beside]');
  if (beside && drawn) {
    // Beside a text: only the files are drawn anew, and why others did not come stays.
    beside.replaceWith(document.adoptNode(drawn));
    for (const come of form.querySelectorAll('[data-uploads] > :not(.upload--failed)')) come.remove();
    if (sent && form.dataset.after === '') form.requestSubmit(form.querySelector('[data-variant="primary"]'));
    delete form.dataset.after;
    return form;
  }
  shown(page);
  const fresh = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-upload]'));
  if (sent && form.dataset.after === 'go_on') fresh?.requestSubmit(fresh.querySelector('[name="go_on"]'));
  return fresh;
}

/** @param {string} url */
async function browse(url) {
  if (busy) return;
  busy = true;
  const here = location.href;
  try {
    const { page } = await fetchParts(url);
    if (location.href !== here) return;
    if (!holdsQuestion(page)) throw new Error('another kind of page');
    wentTo(url);
    shown(page);
  } catch (problem) {
    if (problem instanceof NoAnswer) stay();
    else location.assign(url);
  } finally {
    busy = false;
  }
}

/** @param {string} url */
function wentTo(url) {
  steps += 1;
  at = Number(history.state?.at ?? at) + 1;
  history.pushState({ at }, '', url);
}

/** What is typed stands nowhere else: the page is not left for one that cannot be had, whatever the browser thinks of its net. */
function stay() {
  alarm(word(navigator.onLine ? 'no_server' : 'no_net'));
}

/**
 * @param {Document} page
 * @param {boolean} [refused] It shows what was sent, and was not taken.
 */
function shown(page, refused = false) {
  calm();
  hush();
  showQuestion(page);
  begun(refused);
}

/** What a question needs of the script once it is on the page. */
function begun(refused = false) {
  const asked = question();
  if (asked) goOn(asked, refused);
  drawCounters();
  readAloud(asked);
  const picker = document.querySelector('form[data-picker]');
  if (picker instanceof HTMLFormElement) new Picker(picker, findUnits);
}

/**
 * @param {HTMLElement} asked
 * @param {boolean} refused
 */
function goOn(asked, refused) {
  // Written before this script ran, on a slow line, or sent and not taken.
  if (refused || isWritten(asked)) keepHalfway(place(), asked, refused);
  else {
    const unit = putBackHalfway(place(), asked);
    if (unit) offer(unit);
  }
}

/**
 * A unit that was chosen before the page was loaded again: the page that has it chosen says what it is.
 * @param {string} unit
 */
async function offer(unit) {
  try {
    const { page } = await fetchParts(`${location.pathname}?val=${encodeURIComponent(unit)}`);
    const found = page.querySelector('[data-results]');
    const results = question()?.querySelector('[data-results]');
    if (found && results && !results.querySelector(':checked')) results.replaceChildren(...found.children);
  } catch {
    // Without a net it is chosen once more.
  }
}

/** @returns {HTMLElement | null} */
function question() {
  return document.querySelector('[data-question]');
}

function place() {
  return { person: whoLooks().person, question: question()?.dataset.question ?? '', revision: intakeSection()?.dataset.revision ?? '' };
}

/**
 * The browser's own way, as if there were no script.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} pressed
 */
function submitPlainly(form, pressed) {
  if (pressed instanceof HTMLButtonElement && pressed.name) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = pressed.name;
    field.value = pressed.value;
    form.append(field);
  }
  form.submit();
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} pressed
 */
function fieldsOf(form, pressed) {
  const fields = new FormData(form);
  if (pressed instanceof HTMLButtonElement && pressed.name) fields.append(pressed.name, pressed.value);
  return fields;
}
