// @ts-check
/** Replaces the parts of a page that have changed (`data-part`), without moving anybody or losing what is typed. */

/**
 * Put in what is new.
 * @param {Document} fresh
 */
export function replaceParts(fresh) {
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-part]'))) {
    const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (next instanceof HTMLElement && !same(part, next) && !holdsFiles(part)) replace(part, next);
  }
}

/**
 * @param {HTMLElement} part
 * @param {HTMLElement} next
 */
function replace(part, next) {
  const focus = focusIn(part);
  const scrolled = [...part.querySelectorAll('.scroll')].map((pane) => pane.scrollTop);
  const fresh = document.adoptNode(next);
  keepTyped(part, fresh);
  keepOpen(part, fresh);
  part.replaceWith(fresh);
  fresh.querySelectorAll('.scroll').forEach((pane, i) => pane.scrollTo(0, scrolled[i] ?? 0));
  giveBack(focus, fresh);
}

/**
 * Whether nothing has changed that somebody could see.
 * @param {Element} one
 * @param {Element} other
 */
function same(one, other) {
  return plain(one).isEqualNode(plain(other));
}

/** @param {Element} part */
function plain(part) {
  const copy = /** @type {Element} */ (part.cloneNode(true));
  // Fresh in every page, or drawn by the script itself.
  for (const each of copy.querySelectorAll('input[type="hidden"], [data-presence], [data-offline]')) each.remove();
  for (const each of copy.querySelectorAll('details')) each.removeAttribute('open');
  for (const each of copy.querySelectorAll('[data-widen]')) each.remove();
  copy.normalize();
  return copy;
}

/**
 * @param {Element} from
 * @param {Element} to
 */
function keepTyped(from, to) {
  for (const field of /** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement>} */ (
    from.querySelectorAll('textarea[id], input[id]')
  )) {
    const next = to.querySelector(`#${CSS.escape(field.id)}`);
    const ticked = field instanceof HTMLInputElement && field.checked !== field.defaultChecked;
    if (ticked && next instanceof HTMLInputElement) next.checked = field.checked;
    const typed = field.value !== field.defaultValue && field.type !== 'file';
    if (typed && (next instanceof HTMLInputElement || next instanceof HTMLTextAreaElement)) next.value = field.value;
  }
  for (const list of /** @type {NodeListOf<HTMLSelectElement>} */ (from.querySelectorAll('select[id]'))) {
    const usual = [...list.options].find((each) => each.defaultSelected) ?? list.options[0];
    const next = list.value === usual?.value ? null : to.querySelector(`#${CSS.escape(list.id)}`);
    const still = next instanceof HTMLSelectElement && [...next.options].find((each) => each.value === list.value);
    if (still) still.selected = true;
  }
}

/**
 * @param {Element} from
 * @param {Element} to
 */
function keepOpen(from, to) {
  const open = new Set([...from.querySelectorAll('details')].filter((each) => each.open).map(nameOf));
  for (const each of to.querySelectorAll('details')) if (open.has(nameOf(each))) each.open = true;
  // A question that is being asked goes on being asked, and what was answered stays so.
  for (const asked of from.querySelectorAll('[data-widen]:not([hidden])')) {
    to.querySelector(`[data-widen="${CSS.escape(asked.getAttribute('data-widen') ?? '')}"]`)?.replaceWith(asked);
  }
  for (const meant of from.querySelectorAll('[data-meant]')) to.querySelector('[data-widen]')?.parentElement?.append(meant);
}

/**
 * What tells it from the others, of which there may be more by then, or fewer.
 * @param {HTMLDetailsElement} fold
 */
function nameOf(fold) {
  return fold.querySelector('form')?.getAttribute('action') ?? fold.querySelector('summary')?.textContent?.trim();
}

/** @param {Element} part */
function holdsFiles(part) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (part.querySelectorAll('input[type="file"]'));
  // A pasted one is in no field, and has no row yet while what sends it is fetched.
  if (part.matches('[data-uploading]') || part.querySelector('[data-uploading], [data-uploads] > *, [name="attached"]')) return true;
  return [...fields].some((field) => field.files?.length);
}

/**
 * @typedef {object} Focus
 * @property {string} selector
 * @property {[number, number] | null} selection
 */

/**
 * @param {Element} part
 * @returns {Focus | null}
 */
function focusIn(part) {
  const active = document.activeElement;
  if (!active || active === part || !part.contains(active)) return null;
  return { selector: selectorOf(active), selection: selectionIn(active) };
}

/**
 * @param {Element} field
 * @returns {[number, number] | null}
 */
function selectionIn(field) {
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return null;
  // Null where there is nothing to mark, as in a box to tick.
  return field.selectionStart === null ? null : [field.selectionStart, field.selectionEnd ?? field.selectionStart];
}

/**
 * What finds the same control in another copy of the part.
 * @param {Element} control
 */
function selectorOf(control) {
  if (control.id) return `#${CSS.escape(control.id)}`;
  const row = control.closest('[data-row]')?.getAttribute('data-row');
  if (row) return `[data-row="${CSS.escape(row)}"] ${control.localName}`;
  const href = control.getAttribute('href');
  if (href) return `a[href="${CSS.escape(href)}"]`;
  const action = control.closest('form')?.getAttribute('action');
  return action ? `form[action="${CSS.escape(action)}"] ${control.localName}` : control.localName;
}

/**
 * @param {Focus | null} focus
 * @param {HTMLElement} part
 */
function giveBack(focus, part) {
  if (!focus) return;
  const control = part.querySelector(focus.selector) ?? part.querySelector('h1, h2, [tabindex]');
  if (!(control instanceof HTMLElement)) return;
  if (control.matches('h1, h2')) control.tabIndex = -1;
  control.focus({ preventScroll: true });
  const written = control instanceof HTMLTextAreaElement || control instanceof HTMLInputElement;
  if (focus.selection && written) control.setSelectionRange(...focus.selection);
}
