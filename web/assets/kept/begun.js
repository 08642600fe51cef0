// @ts-check
/** Texts of a page's own forms (`data-keep`), kept in this browser until the server has taken them. Bound to person, case, command and window. */
import { inTab, keepInTab, SENT } from './tab.js';
import { windowNow } from './window.js';

/** @typedef {{ person: string, window: string, places: string[] }} Sent Who sent something from this window, and what its texts were for. */

/** @typedef {[string, string][]} Choices What is chosen, by name. */
/** @typedef {HTMLTextAreaElement | HTMLInputElement} Field Where somebody writes, or looks for something. */

/** Pages that say that something was not taken, or cannot say anything. */
const NOT_TAKEN = ['kept', 'error', 'offline', 'sign-in'];

export class Begun {
  #drafts;
  #person;

  /**
   * @param {import('./drafts.js').Drafts} drafts
   * @param {string} person The key of the one who is signed in.
   */
  constructor(drafts, person) {
    this.#drafts = drafts;
    this.#person = person;
  }

  /**
   * Keep what stands in a field, and what is chosen beside it: nothing, when it is empty.
   * @param {Field} field
   */
  keep(field) {
    const beside = /** @type {{}} */ ({ choices: choicesOf(field.form), ...(field.type === 'search' && { passing: true }) });
    return this.#drafts.keep(placeOf(field), field.value, beside);
  }

  /**
   * What was begun for a field; undefined if there is nothing. A closed window's only where nothing stands yet.
   * @param {Field} field
   * @returns {Promise<{ text: string, choices?: Choices } | undefined>}
   */
  of(field) {
    return this.#drafts.begun(placeOf(field), () => !field.value && !field.readOnly);
  }

  /**
   * The form is on its way: what it holds goes when it is taken, not before.
   * @param {HTMLFormElement} form
   */
  send(form) {
    keepInTab(SENT, { person: this.#person, window: windowNow(), places: fieldsOf(form).map(placeOf) });
  }

  /**
   * Look at what a page says of what was sent from this window. It was taken if the page is one that only follows then.
   * @param {string} page The name of the page that came.
   * @param {(place: string) => boolean} asksAgain Whether the page shows that form once more, with what was sent.
   */
  async settle(page, asksAgain) {
    /** @type {Sent | null} */
    const sent = inTab(SENT);
    keepInTab(SENT, null);
    // Whoever goes back, or loads the page again, has had no answer.
    const [arrival] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
    if (sent?.person !== this.#person || arrival?.type !== 'navigate' || NOT_TAKEN.includes(page)) return;
    const taken = sent.places.filter((place) => !asksAgain(place));
    await Promise.all(taken.map((place) => this.#drafts.keep(place, '', undefined, sent.window)));
  }
}

/**
 * The texts of a form, also of one that was shown once more to be copied or sent again.
 * @param {ParentNode} form
 * @returns {Field[]}
 */
export function fieldsOf(form) {
  return [.../** @type {NodeListOf<Field>} */ (form.querySelectorAll('textarea[name], input[type="search"][name]'))];
}

/**
 * What a text is for: the same on every page that asks for it.
 * @param {Field} field
 */
export function placeOf(field) {
  return `${new URL(field.form?.action ?? '', location.href).pathname} ${field.name}`;
}

/**
 * Choose in a form what was chosen in it.
 * @param {HTMLFormElement | null} form
 * @param {Choices} choices
 * @returns {Choices} What it does not offer.
 */
export function choose(form, choices) {
  const controls = controlsOf(form);
  for (const control of controls) {
    const values = choices.flatMap(([name, value]) => (name === control.name ? [value] : []));
    if (control instanceof HTMLSelectElement)
      control.value = [...control.options].find(({ value }) => values.includes(value))?.value ?? control.value;
    else if (control.type === 'checkbox' || values.includes(control.value)) check(control, values.includes(control.value));
  }
  return choices.filter(
    ([name, value]) =>
      !controls.some((control) => control.name === name && (control instanceof HTMLSelectElement || control.value === value)),
  );
}

/**
 * As if it had been pressed: what follows from a choice follows from this one too.
 * @param {HTMLInputElement} control
 * @param {boolean} on
 */
function check(control, on) {
  if (control.checked === on) return;
  control.checked = on;
  control.dispatchEvent(new Event('change', { bubbles: true }));
}

/**
 * @param {HTMLFormElement | null} form
 * @returns {Choices}
 */
function choicesOf(form) {
  return controlsOf(form).flatMap((control) =>
    control instanceof HTMLSelectElement || control.checked ? [[control.name, control.value]] : [],
  );
}

/**
 * @param {HTMLFormElement | null} form
 * @returns {(HTMLInputElement | HTMLSelectElement)[]}
 */
function controlsOf(form) {
  return form
    ? [
        .../** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (
          form.querySelectorAll('[type="radio"], [type="checkbox"], select')
        ),
      ]
    : [];
}
