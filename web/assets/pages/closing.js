// @ts-check
/** A long answer is kept while it is written, and can be gone on with after the page was left. */
import { Answers, written } from '../kept/answers.js';
import { Copies } from '../kept/local_store.js';
import { letGo } from '../kept/wipe.js';
import { stillHere } from '../live/keepalive.js';
import { whoLooks } from '../ui/thread/viewer.js';

const KEEP_AFTER = 400;

const form = /** @type {HTMLFormElement} */ (document.querySelector('form[data-answer]'));
const offer = /** @type {HTMLElement} */ (document.querySelector('[data-kept]'));
const told = /** @type {HTMLElement} */ (document.querySelector('[data-told]'));
const notKept = /** @type {HTMLElement} */ (document.querySelector('[data-not-kept]'));
const skip = /** @type {HTMLAnchorElement} */ (document.querySelector(`a[href="#${form.id}"]`));
const of = /** @type {HTMLElement} */ (document.querySelector('[data-case]')).dataset.case ?? '';
const answers = new Answers(new Copies(), whoLooks().person, of);
const begun = asServed(form);
// Whoever reloads, or comes back, may get the form as it was sent once: what is kept is newer.
const [arrival] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
/** @type {ReturnType<typeof setTimeout> | undefined} */
let keeping;
/** Whether what was kept before this page has been read: until then nothing may take its place. */
let known = false;

async function keep() {
  const fresh = form.dataset.answer === 'fresh' && text(written(form)) === begun;
  const kept = await (fresh ? answers.drop() : answers.keep(form));
  told.hidden = fresh || !kept;
  notKept.hidden = fresh || Boolean(kept);
}

/** @param {number} after Milliseconds. */
function keepSoon(after) {
  clearTimeout(keeping);
  keeping = setTimeout(async () => {
    keeping = undefined;
    await looked;
    if (offer.hidden) await keep();
  }, after);
}

async function goOn() {
  // It may have been thrown away on another page since.
  const kept = await answers.kept();
  if (!kept) return begin();
  const now = new FormData(form);
  for (const [name] of written(form)) now.delete(name);
  for (const [name, value] of kept.fields) now.append(name, value);
  now.append('check', 'kept');
  const sent = document.createElement('form');
  sent.method = 'post';
  sent.action = form.action;
  for (const [name, value] of now) sent.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  document.body.append(sent);
  return sent.submit();
}

/** @param {boolean} on */
function wait(on) {
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-answer], .actbar'))) part.inert = on;
  offer.hidden = !on;
  skip.setAttribute('href', `#${on ? offer.id : form.id}`);
}

function begin() {
  wait(false);
  form.querySelector('textarea')?.focus();
}

async function propose() {
  await answers.dropSent(document);
  const kept = await answers.kept();
  if (!kept && arrival?.type === 'navigate') return keep();
  if (!kept) return undefined;
  const shown = text(kept.fields) === text(written(form));
  told.hidden = !shown;
  if (shown) return undefined;
  // Until it is decided nothing is written that would take its place.
  clearTimeout(keeping);
  keeping = undefined;
  return wait(true);
}

/** @param {[string, string][]} fields */
function text(fields) {
  return JSON.stringify(fields);
}

/**
 * The form before anybody touched it: on a slow line people have written in it before this script runs.
 * @param {HTMLFormElement} form
 */
function asServed(form) {
  const untouched = /** @type {HTMLFormElement} */ (form.cloneNode(true));
  untouched.reset();
  return text(written(untouched));
}

offer.querySelector('[data-go-on]')?.addEventListener('click', goOn);
offer.querySelector('[data-begin-anew]')?.addEventListener('click', () => answers.drop().then(begin).then(keep));
// Whoever goes at once loses the last word neither.
addEventListener('pagehide', () => keeping && known && keep());
form.addEventListener('submit', letGo);
form.addEventListener('input', stillHere);
form.addEventListener('input', () => keepSoon(KEEP_AFTER));
form.addEventListener('change', () => keepSoon(0));
/** Settled when `known` is so. */
const looked = (form.dataset.answer === 'typed' && arrival?.type === 'navigate' ? answers.kept(() => false).then(keep) : propose()).then(
  () => (known = true),
);
