// @ts-check
/** Where people write. Enter begins a new line; Ctrl or Cmd with Enter sends. What is not sent is kept. */
import { announce } from './announcer.js';
import { word } from './words.js';

const KEEP_AFTER = 400;
const SAY_EVERY = 8000;
const QUIET_AFTER = 6000;

/**
 * @typedef {object} Wishes What the page does with what is written.
 * @property {(command: string, text: string) => void} send
 * @property {(on: boolean) => void} typing Only for messages: nobody hears that a note is written.
 * @property {(kind: string, text: string) => void} keep
 * @property {(kind: string) => Promise<string>} kept
 * @property {() => boolean} hold Whether there is something to read first.
 */

export class Composers {
  #wishes;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #keeping;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #quiet;
  #saidAt = 0;

  /** @param {Wishes} wishes */
  constructor(wishes) {
    this.#wishes = wishes;
    // On the document: a composer may be replaced when the case has changed.
    document.addEventListener('submit', (event) => this.#submitted(event));
    document.addEventListener('keydown', (event) => this.#pressed(event));
    document.addEventListener('input', (event) => this.#typed(event.target));
  }

  /** Put back what was not finished, where nothing is written yet. */
  async restore() {
    for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('[data-composer]'))) {
      const field = fieldOf(form);
      if (!field || field.value) continue;
      const text = await this.#wishes.kept(kindOf(form));
      if (!text || field.value) continue;
      field.value = text;
      const folded = form.closest('details');
      if (folded) folded.open = true;
    }
  }

  /**
   * The page's own forms say what was in front of whoever wrote in them.
   * @param {number} n
   */
  showed(n) {
    for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('form input[name="seen"]'))) {
      if (Number(field.value) < n) field.value = String(n);
    }
  }

  /** @param {SubmitEvent} event */
  #submitted(event) {
    const form = composerOf(event.target);
    const field = form && fieldOf(form);
    if (!form || !field) return;
    if (this.#wishes.hold()) {
      event.preventDefault();
      return;
    }
    this.#forget(form);
    // Files go with the page's own form.
    if (hasFiles(form)) return;
    event.preventDefault();
    const text = field.value.trim();
    if (!text) {
      announce(word('empty'));
      field.focus();
      return;
    }
    field.value = '';
    this.#hush();
    const pressed = event.submitter instanceof HTMLElement ? event.submitter.dataset.command : undefined;
    this.#wishes.send(pressed ?? (kindOf(form) === 'note' ? 'write_note' : 'post_message'), text);
    field.focus();
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const form = composerOf(event.target);
    if (!form || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector('[data-command="post_message"]'));
  }

  /** @param {EventTarget | null} target */
  #typed(target) {
    const form = composerOf(target);
    const field = form && fieldOf(form);
    if (!form || target !== field || !field) return;
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => this.#wishes.keep(kindOf(form), field.value), KEEP_AFTER);
    if (kindOf(form) === 'message') this.#say(field.value.trim() !== '');
  }

  /** @param {HTMLFormElement} form */
  #forget(form) {
    clearTimeout(this.#keeping);
    this.#wishes.keep(kindOf(form), '');
  }

  /** @param {boolean} on */
  #say(on) {
    if (!on) return this.#hush();
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#hush(), QUIET_AFTER);
    if (Date.now() - this.#saidAt < SAY_EVERY) return undefined;
    this.#saidAt = Date.now();
    return this.#wishes.typing(true);
  }

  #hush() {
    clearTimeout(this.#quiet);
    if (this.#saidAt) this.#wishes.typing(false);
    this.#saidAt = 0;
  }
}

/**
 * @param {EventTarget | null} target
 * @returns {HTMLFormElement | null}
 */
function composerOf(target) {
  return target instanceof Element ? target.closest('form[data-composer]') : null;
}

/**
 * @param {HTMLFormElement} form
 * @returns {HTMLTextAreaElement | null}
 */
function fieldOf(form) {
  return form.querySelector('textarea[name="text"]');
}

/** @param {HTMLFormElement} form */
function kindOf(form) {
  return form.dataset.composer ?? 'message';
}

/** @param {HTMLFormElement} form */
function hasFiles(form) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll('input[type="file"]'));
  return [...fields].some((field) => (field.files?.length ?? 0) > 0);
}
