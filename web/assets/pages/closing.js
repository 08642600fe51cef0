// @ts-check
/** A long answer is kept while it is written, and can be gone on with after the page was left. */
import { Answers, written } from '../live/answers.js';
import { Copies } from '../live/copies.js';
import { whoLooks } from '../ui/viewer.js';

const KEEP_AFTER = 400;

const form = /** @type {HTMLFormElement} */ (document.querySelector('form[data-answer]'));
const offer = /** @type {HTMLElement} */ (document.querySelector('[data-kept]'));
const told = /** @type {HTMLElement} */ (document.querySelector('[data-told]'));
const of = /** @type {HTMLElement} */ (document.querySelector('[data-case]')).dataset.case ?? '';
const answers = new Answers(new Copies(), whoLooks().person, of);
const begun = JSON.stringify(written(form));
/** @type {ReturnType<typeof setTimeout> | undefined} */
let keeping;

async function keep() {
  const fresh = form.dataset.answer === 'fresh' && JSON.stringify(written(form)) === begun;
  await (fresh ? answers.drop() : answers.keep(form));
  told.hidden = fresh;
}

/** @param {number} after Milliseconds. */
function keepSoon(after) {
  clearTimeout(keeping);
  keeping = setTimeout(keep, after);
}

/** @param {[string, string][]} fields */
function goOn(fields) {
  const now = new FormData(form);
  for (const [name] of written(form)) now.delete(name);
  for (const [name, value] of [...fields, ['check', '1']]) now.append(name, value);
  const sent = document.createElement('form');
  sent.method = 'post';
  sent.action = form.action;
  for (const [name, value] of now) sent.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  document.body.append(sent);
  sent.submit();
}

/** @param {boolean} on */
function wait(on) {
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-answer], .actbar'))) part.inert = on;
}

/** @param {[string, string][]} fields */
function propose(fields) {
  // Until it is decided nothing is written that would take its place.
  wait(true);
  offer.hidden = false;
  offer.querySelector('[data-go-on]')?.addEventListener('click', () => goOn(fields));
  offer.querySelector('[data-begin-anew]')?.addEventListener('click', async () => {
    await answers.drop();
    offer.hidden = true;
    wait(false);
    form.querySelector('textarea')?.focus();
  });
}

// Whoever goes at once loses the last word neither.
addEventListener('pagehide', () => keeping && keep());
form.addEventListener('input', () => keepSoon(KEEP_AFTER));
form.addEventListener('change', () => keepSoon(0));
if (form.dataset.answer === 'typed') keep();
else answers.kept().then((kept) => kept && JSON.stringify(kept.fields) !== begun && propose(kept.fields));
