// @ts-check
/** Where people write. Enter begins a new line; Ctrl or Cmd with Enter sends. What is not sent is kept. */
import { alarm, announce, calm } from '../announcer.js';
import { attachedField, attachedFields, attachedTo } from '../attached.js';
import { answerTo, ask, dropQuestion, isMeant, owed, setOwed, suggest } from './widening.js';
import { word } from '../words.js';

const KEEP_AFTER = 400;
const SAY_EVERY = 8000;
const QUIET_AFTER = 6000;

/** @typedef {import('../attached.js').Attached} Attached */

/**
 * @typedef {object} Wishes What the page does with what is written.
 * @property {(command: string, text: string, whom: { audience: string, widens: boolean }, files: { id: string, name: string }[]) => Promise<void>} send
 *   Returns when it will not be lost any more; `audience` is empty where there is no choice, `widens`: everyone was chosen.
 * @property {(on: boolean, audience: string) => void} typing Only for messages: nobody hears that a note is written.
 * @property {(kind: string, text: string, beside?: { audience?: string, files?: Attached[], sent?: string }) => void} keep A text, whom it is for, and its files are
 *   one; with the id under which it has gone by the page's own form.
 * @property {(kind: string, wanted: () => boolean) => Promise<{ text: string, audience?: string, files?: Attached[], sent?: string } | undefined>} kept
 *   `wanted`: whether a text that was begun elsewhere would be in its place.
 * @property {(form: HTMLFormElement) => void} attach Show the files that were put back.
 * @property {() => boolean} hold Whether there is something to read first.
 * @property {(form: HTMLFormElement, pressed: HTMLElement | null) => boolean} wait Whether files are still on their way.
 */

export class Composers {
  #wishes;
  /** @type {Map<string, { form: HTMLFormElement, timer: ReturnType<typeof setTimeout> }>} What has been typed and is not kept yet, by kind. */
  #keeping = new Map();
  /** @type {Map<string, { gone: number, leaving: number }>} How many texts have been sent, and how many of them are still kept as begun, by kind. */
  #sent = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #quiet;
  #saidAt = 0;
  /** Who heard that somebody writes. */
  #saidTo = '';
  /** Who the text that is being written is for. */
  #whom = '';
  #lost = false;
  #begun = false;
  /** Whether the page says that the text is too long. */
  #long = false;

  /** @param {Wishes} wishes */
  constructor(wishes) {
    this.#wishes = wishes;
    // On the document: a composer may be replaced when the case has changed.
    document.addEventListener('submit', (event) => this.#submitted(event));
    document.addEventListener('keydown', (event) => this.#pressed(event));
    document.addEventListener('input', (event) => this.#typed(event.target));
    document.addEventListener('change', (event) => this.#chose(event.target));
    // Whoever leaves at once loses no word. A store that is asked as late as by `pagehide` may drop it: the others come before.
    for (const leaving of ['beforeunload', 'visibilitychange', 'pagehide']) {
      addEventListener(leaving, () => [...this.#keeping.values()].forEach(({ form }) => this.keep(form)));
    }
  }

  /** Put back what was not finished, where nothing is written yet. On a slow line people have written before this runs: that goes on after it. */
  async restore() {
    const first = !this.#begun;
    this.#begun = true;
    const forms = /** @type {HTMLFormElement[]} */ ([...document.querySelectorAll('[data-composer]')]);
    const before = new Map(forms.map((form) => [form, this.#sentOf(form).gone - this.#sentOf(form).leaving]));
    // All is asked for before anything that is typed meanwhile is kept in its place.
    const kept = new Map(
      forms.map((form) => [form, this.#wishes.kept(kindOf(form), () => first && !fieldOf(form)?.value && !attachedFields(form).length)]),
    );
    for (const [form, found] of kept) {
      const field = fieldOf(form);
      if (field?.value && kindOf(form) === 'message') this.#stillFor(form);
      if (!field || (field.value && !first)) continue;
      const { text = '', audience = '', files = [], sent = '' } = (await found) ?? {};
      // What was found is what has been sent meanwhile, and it is about to be forgotten.
      if (this.#sentOf(form).gone > (before.get(form) ?? 0)) continue;
      if (sent && isSaid(sent) && !field.value) {
        this.keep(form);
        continue;
      }
      const typed = field.value;
      const none = !text && !files.length;
      if (none && typed) this.keep(form);
      if (none || (typed && !first)) continue;
      if (audience && !(typed ? audienceOf(form) === audience : choose(form, audience))) continue;
      field.value = joined(text, field.value);
      this.#putBack(form, files);
      if (typed) this.keep(form);
      if (kindOf(form) === 'note') noted(({ unfold }) => unfold(form));
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

  /**
   * A reply is for those who had the newest words. What is being written stays for whom it was begun.
   * @param {import('../../model/thread.js').Row[]} rows What has come.
   */
  follow(rows) {
    const form = /** @type {HTMLFormElement | null} */ (document.querySelector('[data-composer="message"]'));
    if (!form) return;
    for (const { type, audience: mark, own } of rows) {
      if (type !== 'message') continue;
      const audience = mark?.code ?? 'all';
      if (audience === 'all' || !own) setOwed(form, audience === 'all' ? '' : audience);
      suggest(form, audience);
      if (!fieldOf(form)?.value) choose(form, audience);
    }
  }

  /** @param {SubmitEvent} event */
  #submitted(event) {
    const form = composerOf(event.target);
    const field = form && fieldOf(form);
    if (!form || !field) return;
    const pressed = event.submitter instanceof HTMLElement ? event.submitter.dataset.command : undefined;
    const only = answerTo(form, event.submitter);
    if (only) choose(form, only);
    if (this.#wouldWiden(form, event.submitter) || this.#wishes.wait(form, event.submitter) || this.#wishes.hold()) {
      event.preventDefault();
      return;
    }
    // Files that could not be sent beforehand go with the page's own form. The text is kept until a page shows that message.
    if (holdsFiles(form)) {
      this.keep(form, idOf(form));
      return;
    }
    event.preventDefault();
    const text = field.value.trim();
    if (!text) {
      announce(word('empty'));
      field.focus();
      return;
    }
    if (this.#isLong(text, Number(field.dataset.limit))) {
      field.focus();
      return;
    }
    field.value = '';
    this.#hush();
    const command = pressed ?? (kindOf(form) === 'note' ? 'write_note' : 'post_message');
    // The unfinished text is forgotten when the message is kept: a page that is closed in between loses neither.
    this.#keepsNow(form);
    const files = kindOf(form) === 'note' ? [] : takeAttached(form);
    const whom = { audience: command === 'post_message' ? audienceOf(form) : '', widens: audienceOf(form) === 'all' };
    dropQuestion(form);
    const sent = this.#sentOf(form);
    this.#sent.set(kindOf(form), { gone: sent.gone + 1, leaving: sent.leaving + 1 });
    this.#wishes.send(command, text, whom, files).then(() => this.#forget(form));
    if (kindOf(form) === 'note') noted(({ backToReply }) => backToReply());
    else field.focus();
  }

  /** @param {HTMLFormElement} form */
  #sentOf(form) {
    return this.#sent.get(kindOf(form)) ?? { gone: 0, leaving: 0 };
  }

  /**
   * The text that was sent is kept as a message: what its form holds now is what was begun. It may have been drawn anew.
   * @param {HTMLFormElement} form
   */
  #forget(form) {
    const sent = this.#sentOf(form);
    this.#sent.set(kindOf(form), { ...sent, leaving: sent.leaving - 1 });
    const now = /** @type {HTMLFormElement | null} */ (document.querySelector(`[data-composer="${kindOf(form)}"]`));
    this.keep(now ?? form);
  }

  /**
   * Says how much has to go. Nothing is cut off by itself: what is pasted would lose its end without a word.
   * @param {string} text
   * @param {number} most As the server counts: signs, not halves of them.
   */
  #isLong(text, most) {
    const over = [...text].length - most;
    if (over > 0) alarm(word('too_long', { n: over }));
    else if (this.#long) calm();
    this.#long = over > 0;
    return this.#long;
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const form = composerOf(event.target);
    if (form && event.key === 'Escape') fold(form, form.querySelector('details[open] > summary'));
    if (!form || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector('[data-command="post_message"]'));
  }

  /** @param {EventTarget | null} target */
  #typed(target) {
    const form = composerOf(target);
    const field = form && fieldOf(form);
    if (!form || target !== field || !field) return;
    this.#keepsNow(form);
    this.#keeping.set(kindOf(form), { form, timer: setTimeout(() => this.keep(form), KEEP_AFTER) });
    if (kindOf(form) !== 'message') return;
    this.#whom = audienceOf(form);
    this.#say(field.value.trim() !== '');
  }

  /**
   * The files of a text that was not finished. They go with it from now on, shown or not.
   * @param {HTMLFormElement} form
   * @param {Attached[]} files
   */
  #putBack(form, files) {
    if (!files.length || attachedFields(form).length) return;
    form.append(...files.map(attachedField));
    this.#wishes.attach(form);
  }

  /**
   * Nothing of the form waits to be kept any more.
   * @param {HTMLFormElement} form
   */
  #keepsNow(form) {
    clearTimeout(this.#keeping.get(kindOf(form))?.timer);
    this.#keeping.delete(kindOf(form));
  }

  /**
   * A text is kept with whom it was for: it must not come back for others.
   * @param {HTMLFormElement} form
   * @param {string} [sent] The id under which it goes now.
   */
  keep(form, sent) {
    this.#keepsNow(form);
    this.#wishes.keep(kindOf(form), fieldOf(form)?.value ?? '', {
      ...(kindOf(form) === 'message' && { audience: audienceOf(form), files: attachedTo(form) }),
      ...(sent && { sent }),
    });
  }

  /** @param {EventTarget | null} target */
  #chose(target) {
    const form = composerOf(target);
    const field = form && fieldOf(form);
    if (!form || !field || !(target instanceof HTMLInputElement) || target.name !== 'audience') return;
    this.#whom = target.value;
    // With the arrow keys one goes through all of them.
    if (!target.matches(':focus-visible')) fold(form, field);
    dropQuestion(form);
    this.#hush();
    this.keep(form);
  }

  /**
   * The form was drawn anew: say so if those whom the text was for cannot be written to any more.
   * @param {HTMLFormElement} form
   */
  #stillFor(form) {
    if (choose(form, this.#whom)) return;
    this.#whom = '';
    this.#lost = true;
    choose(form, 'all');
    alarm(word('audience_gone'));
  }

  /**
   * Whether more people would read it than were chosen.
   * @param {HTMLFormElement} form
   * @param {HTMLElement | null} pressed
   */
  #wouldWiden(form, pressed) {
    if (kindOf(form) !== 'message') return false;
    if (this.#lost) {
      this.#lost = false;
      alarm(word('audience_gone'));
      return true;
    }
    if (audienceOf(form) === 'all') return Boolean(owed(form) && fieldOf(form)?.value.trim()) && !isMeant(form) && ask(form, pressed);
    if (pressed?.dataset.command !== 'ask_reporter' || !audienceOf(form)) return false;
    alarm(word('ask_all'));
    return true;
  }

  /** @param {boolean} on */
  #say(on) {
    if (!on) return this.#hush();
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#hush(), QUIET_AFTER);
    if (Date.now() - this.#saidAt < SAY_EVERY) return undefined;
    this.#saidAt = Date.now();
    this.#saidTo = this.#whom;
    return this.#wishes.typing(true, this.#saidTo);
  }

  #hush() {
    clearTimeout(this.#quiet);
    if (this.#saidAt) this.#wishes.typing(false, this.#saidTo);
    this.#saidAt = 0;
  }
}

/**
 * Only staff write notes: nobody else fetches what those need.
 * @param {(how: typeof import('../note.js')) => void} work
 */
function noted(work) {
  import('../note.js').then(work);
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

/**
 * Whether the page shows the message that has this id. Other messages may say the same.
 * @param {string} id
 */
function isSaid(id) {
  return document.querySelector(`[data-entry][data-client-id="${CSS.escape(id)}"]`) !== null;
}

/** @param {HTMLFormElement} form */
function idOf(form) {
  return form.querySelector('[name="client_id"]')?.getAttribute('value') ?? '';
}

/**
 * What was kept, and what has been typed since; a browser may have put back some of it by itself.
 * @param {string} kept
 * @param {string} typed
 */
function joined(kept, typed) {
  if (kept.startsWith(typed)) return kept;
  return typed.startsWith(kept) ? typed : `${kept}\n${typed}`;
}

/**
 * Whom the form's message is for; empty where there is no choice.
 * @param {HTMLFormElement} form
 */
function audienceOf(form) {
  return form.querySelector('[data-audience]:checked')?.getAttribute('value') ?? '';
}

/**
 * Choose whom to write to. False if they cannot be chosen here.
 * @param {HTMLFormElement} form
 * @param {string} audience
 */
function choose(form, audience) {
  if (!audience) return true;
  const wish = [.../** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll('[data-audience]'))].find(
    ({ value }) => value === audience,
  );
  if (wish) wish.checked = true;
  return Boolean(wish) || audience === 'all';
}

/**
 * Fold what is unfolded in a form, and go on elsewhere in it.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} next
 */
function fold(form, next) {
  const open = form.querySelector('details[open]');
  if (!open) return;
  open.removeAttribute('open');
  next?.focus();
}

/** @param {HTMLFormElement} form */
function kindOf(form) {
  return form.dataset.composer ?? 'message';
}

/** @param {HTMLFormElement} form */
export function holdsFiles(form) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll('input[type="file"]'));
  return [...fields].some((field) => field.files?.length);
}

/**
 * The files that have come for a form's message. The form goes on with another message.
 * @param {HTMLFormElement} form
 */
function takeAttached(form) {
  const files = attachedTo(form).map(({ id, name }) => ({ id, name }));
  if (files.length) form.querySelector('[name="client_id"]')?.setAttribute('value', crypto.randomUUID());
  for (const field of attachedFields(form)) (field.closest('li') ?? field).remove();
  return files;
}
