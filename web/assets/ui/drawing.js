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
 * Make an element what another one is, and change nothing that is so already: whoever listens hears of every change.
 * @param {Element} element
 * @param {Element} wanted Its children may be taken.
 */
export function become(element, wanted) {
  for (const { name } of [...element.attributes]) if (!wanted.hasAttribute(name)) element.removeAttribute(name);
  for (const { name, value } of wanted.attributes) if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  const [has, gets] = [[...element.childNodes], [...wanted.childNodes]];
  if (has.length !== gets.length || has.some((each, i) => each.nodeName !== gets[i]?.nodeName)) {
    element.replaceChildren(...gets);
    return;
  }
  has.forEach((each, i) => {
    const other = gets[i];
    if (each instanceof Element && other instanceof Element) become(each, other);
    else if (other && each.nodeValue !== other.nodeValue) each.nodeValue = other.nodeValue;
  });
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
