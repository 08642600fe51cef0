// @ts-check
/** Search for a place while typing: a combobox with a list, worked by keyboard as well as by touch. */
import { announce } from './announcer.js';
import { copyOf, fill, show } from './drawing.js';
import { word } from './words.js';

const PAUSE = 150;
const LEAST = 2;

/** @typedef {{ id: string, name: string, town: string, street: string, connection: string }} Unit */

export class Picker {
  #input;
  #list;
  #search;
  /** @type {Unit[]} */
  #units = [];
  #active = -1;
  /** @type {Unit | null} */
  #picked = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLFormElement} form
   * @param {(text: string) => Promise<{ units: Unit[], more: boolean }>} search
   */
  constructor(form, search) {
    this.#search = search;
    this.#input = /** @type {HTMLInputElement} */ (form.querySelector('input[type="search"]'));
    this.#list = makeList(form);
    const attributes = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.#list.id };
    for (const [name, value] of Object.entries(attributes)) this.#input.setAttribute(name, value);
    this.#input.addEventListener('input', () => this.#typed());
    this.#input.addEventListener('keydown', (event) => this.#pressed(event));
    this.#input.addEventListener('blur', () => this.#close());
    form.addEventListener('submit', (event) => this.#submitted(event));
    // Before the field loses focus, which would close the list.
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('click', ({ target }) => this.#clicked(target));
  }

  #typed() {
    clearTimeout(this.#timer);
    this.#picked = null;
    const text = this.#input.value.trim();
    if (text.length < LEAST) return this.#close();
    this.#timer = setTimeout(() => this.#look(text), PAUSE);
    return undefined;
  }

  /** @param {string} text */
  async #look(text) {
    const longest = Number(this.#input.dataset.longest);
    // What stands in the field stays whole: only what is asked for ends where the search does.
    const { units, more } = await this.#search(text.slice(0, longest)).catch(() => ({ units: [], more: false }));
    // A slow answer to what is no longer asked.
    if (text !== this.#input.value.trim() || document.activeElement !== this.#input) return;
    this.#units = units;
    const rest = [...(more ? [word('hit_more')] : []), ...(text.length > longest ? [word('hit_long', { n: longest })] : [])];
    const found = [...(units.length ? units.map(drawOption) : [copyOf('no-place-template')]), ...rest.map(drawLine)];
    const own = copyOf('own-words-template');
    own.id = 'place-own';
    this.#list.replaceChildren(...found, own);
    this.#activate(-1);
    this.#open(true);
    const told = units.length ? word('hits', { n: units.length }) : word('hit_none');
    announce([told, ...rest].join(' '));
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.isComposing) return;
    const { key } = event;
    if (key === 'Escape' && !this.#list.hidden) this.#close();
    else if (key === 'ArrowDown' || key === 'ArrowUp') this.#step(key === 'ArrowDown' ? 1 : -1);
    else if (key === 'Enter' && !this.#list.hidden && this.#active >= 0) this.#pick(this.#active);
    else return;
    event.preventDefault();
  }

  /** @param {number} by */
  #step(by) {
    const options = this.#options;
    const n = options.length;
    if (!n) return;
    if (this.#list.hidden) this.#open(true);
    this.#activate(this.#active < 0 && by < 0 ? n - 1 : (this.#active + by + n) % n);
  }

  /** @param {number} index */
  #activate(index) {
    this.#active = index;
    const options = this.#options;
    options.forEach((option, i) => option.setAttribute('aria-selected', String(i === index)));
    const option = options[index];
    if (option) this.#input.setAttribute('aria-activedescendant', option.id);
    else this.#input.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {EventTarget | null} target */
  #clicked(target) {
    const option = target instanceof Element ? target.closest('[role="option"]') : null;
    if (option) this.#pick(this.#options.indexOf(option));
  }

  /** What can be picked: each unit, and last to say it in words. */
  get #options() {
    return [...this.#list.children].filter((option) => option.getAttribute('aria-disabled') !== 'true');
  }

  /** @param {number} index */
  #pick(index) {
    const unit = this.#units[index];
    if (!unit) {
      if (index >= 0) this.#leadToOwnWords();
      return;
    }
    this.#picked = unit;
    this.#input.value = unit.name;
    this.#close();
    const picked = drawPicked(unit);
    document.querySelector('[data-results]')?.replaceChildren(picked);
    // As if the radio button had been pressed: what was wrong is so no more.
    picked.querySelector('input')?.dispatchEvent(new Event('input', { bubbles: true }));
    announce(word('picked', { name: unit.name }));
  }

  /** What was searched for is the beginning of it. */
  #leadToOwnWords() {
    this.#close();
    const words = document.querySelector('[data-own-words]');
    const field = words?.querySelector('input');
    if (!(words instanceof HTMLDetailsElement) || !field) return;
    words.open = true;
    if (!field.value) field.value = this.#input.value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.focus();
  }

  /**
   * Enter, once a place is picked, goes on instead of searching again.
   * @param {SubmitEvent} event
   */
  #submitted(event) {
    const answer = document.querySelector('[data-results]')?.closest('form');
    if (!this.#picked || !(answer instanceof HTMLFormElement)) return;
    event.preventDefault();
    answer.requestSubmit();
  }

  #close() {
    clearTimeout(this.#timer);
    this.#activate(-1);
    this.#open(false);
  }

  /** @param {boolean} open */
  #open(open) {
    this.#list.hidden = !open;
    this.#input.setAttribute('aria-expanded', String(open));
  }
}

/** @param {HTMLFormElement} form */
function makeList(form) {
  const list = document.createElement('ul');
  list.id = 'places';
  list.className = 'places';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', word('places'));
  form.append(list);
  return list;
}

/**
 * @param {Unit} unit
 * @param {number} index
 */
function drawOption(unit, index) {
  const option = copyOf('place-template');
  option.id = `place-${index}`;
  fill(option, 'name', unit.name);
  fill(option, 'detail', detailOf(unit));
  return option;
}

/**
 * What is to be known of the list; it cannot be picked.
 * @param {string} text
 */
function drawLine(text) {
  const line = document.createElement('li');
  line.className = 'place place--more';
  line.setAttribute('role', 'option');
  line.setAttribute('aria-disabled', 'true');
  line.textContent = text;
  return line;
}

/** @param {Unit} unit */
function drawPicked(unit) {
  const picked = copyOf('picked-template');
  const radio = picked.querySelector('input');
  const label = picked.querySelector('label');
  const hint = picked.querySelector('.hint');
  if (radio) radio.value = unit.id;
  if (label) label.textContent = unit.name;
  if (hint) hint.textContent = detailOf(unit);
  show(picked, 'note', unit.connection !== 'connected');
  return picked;
}

/** @param {Unit} unit */
function detailOf({ street, town }) {
  return [street, town].filter(Boolean).join(', ');
}
