// @ts-check
/** Copies of the page's templates, filled in. Text is set as text; nothing is ever read as HTML. */

/**
 * A copy of what is in a template.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function copyOf(id) {
  const template = document.getElementById(id);
  const first = template instanceof HTMLTemplateElement ? template.content.firstElementChild : null;
  if (!first) throw new Error(`no template ${id}`);
  return /** @type {HTMLElement} */ (first.cloneNode(true));
}

/**
 * The place in a row for something, if the row has one.
 * @param {Element} row
 * @param {string} name
 * @returns {HTMLElement | null}
 */
export function slot(row, name) {
  return row.querySelector(`[data-slot="${name}"]`);
}

/**
 * @param {Element} row
 * @param {string} name
 * @param {string} text
 */
export function fill(row, name, text) {
  const place = slot(row, name);
  if (place) place.textContent = text;
}

/**
 * @param {Element} row
 * @param {string} name
 * @param {boolean} shown
 */
export function show(row, name, shown) {
  const place = slot(row, name);
  if (place) place.hidden = !shown;
}

/**
 * Another icon out of the same sprite.
 * @param {Element | null} place
 * @param {string} name
 */
export function changeIcon(place, name) {
  const use = place?.querySelector('use');
  const [sprite] = use?.getAttribute('href')?.split('#') ?? [];
  if (sprite) use?.setAttribute('href', `${sprite}#${name}`);
}

/**
 * @param {string} text
 * @param {string} className
 */
export function button(text, className) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = className;
  made.textContent = text;
  return made;
}
