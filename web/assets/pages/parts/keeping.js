// @ts-check
/** Whatever somebody types into a form of a page, and chooses beside it, is there again after a reload, on the way back, and in the next window when this one is closed. */
import { Begun, choose, fieldsOf, placeOf } from '../../kept/begun.js';
import { Copies } from '../../kept/local_store.js';
import { Drafts } from '../../kept/drafts.js';
import { whoLooks } from '../../ui/thread/viewer.js';

const KEEP_AFTER = 400;
const KEPT = 'form[data-keep]';
/** A button that looks for something, or shows what would be sent: the form comes back. */
const LOOKS = 'check';

const { person } = whoLooks();
const begun = new Begun(new Drafts(new Copies(), person), person);
const [arrival] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
/** @typedef {import('../../kept/begun.js').Field} Field */
/** @type {Map<Field, ReturnType<typeof setTimeout>>} */
const waiting = new Map();

/** Keep what is typed on this page, and put back what was. */
export async function keepForms() {
  document.addEventListener('input', ({ target }) => {
    const form = target instanceof Element ? target.closest(KEPT) : null;
    const fields = form ? fieldsOf(form) : [];
    const typed = fields.find((field) => field === target);
    // What is chosen goes with what is written beside it.
    for (const field of typed ? [typed] : fields.filter(({ value }) => value)) soon(field);
  });
  document.addEventListener('submit', ({ target, submitter }) => {
    if (!(target instanceof HTMLFormElement) || !target.matches(KEPT)) return;
    keepAll();
    if (submitter?.getAttribute('name') !== LOOKS) begun.send(target);
  });
  for (const leaving of ['beforeunload', 'visibilitychange', 'pagehide']) addEventListener(leaving, keepAll);
  const shown = [...document.querySelectorAll(KEPT)].flatMap(fieldsOf);
  const filled = new Set(shown.filter(({ defaultValue }) => defaultValue).map(placeOf));
  await begun.settle(document.body.dataset.page ?? '', (place) => filled.has(place));
  await Promise.all(shown.map(putBack));
}

/**
 * Not over what came with the page, or was typed before this ran.
 * @param {Field} field
 */
async function putBack(field) {
  const { text = '', choices } = (await begun.of(field)) ?? {};
  if (field.readOnly) return undefined;
  // Whoever goes back, or loads the page again, may get from the browser what was sent.
  const typed = field.value && !field.defaultValue && (text || arrival?.type === 'navigate');
  if (typed) return keep(field);
  if (!text || (field.value && field.value !== text)) return undefined;
  field.value = text;
  if (choices) offer(field, choose(field.form, choices));
  const folded = field.closest('details');
  if (folded) folded.open = true;
  return undefined;
}

/**
 * A unit that was found by a search is not among those that the page begins with: asked for by its id it is.
 * @param {Field} field
 * @param {[string, string][]} missing
 */
function offer(field, missing) {
  const [, unit] = missing.find(([name]) => name === 'unit') ?? [];
  const page = new URL(location.href);
  if (!unit || page.searchParams.has('unit') || page.pathname === new URL(field.form?.action ?? '', page).pathname) return;
  page.searchParams.set('unit', unit);
  location.replace(page);
}

/** @param {Field} field */
function soon(field) {
  clearTimeout(waiting.get(field));
  waiting.set(
    field,
    setTimeout(() => keep(field), KEEP_AFTER),
  );
}

/** @param {Field} field */
function keep(field) {
  clearTimeout(waiting.get(field));
  waiting.delete(field);
  return begun.keep(field);
}

function keepAll() {
  for (const field of [...waiting.keys()]) keep(field);
}
