// @ts-check
/** Files that somebody chooses, drops or pastes in a form that takes files: they are sent beside it, at once. */
import { announce } from '../ui/announcer.js';
import { word } from '../ui/words.js';

const FIELD = 'input[type="file"]';

/**
 * @param {(form: HTMLFormElement) => Record<string, string> | null} aboutOf What files of this form are for; null if it takes them itself.
 * @param {(form: HTMLFormElement, sent: boolean) => Promise<HTMLFormElement | null> | void} after When none is on its way any more, and
 *   whether all have come. A form that has taken its place gets what is left to say.
 */
export function takeFiles(aboutOf, after) {
  for (const kind of ['change', 'dragover', 'drop', 'paste']) document.addEventListener(kind, given);

  /** @param {Event & { dataTransfer?: DataTransfer | null, clipboardData?: DataTransfer | null }} event */
  function given(event) {
    const { type, target } = event;
    const data = event.dataTransfer ?? event.clipboardData;
    const field = type === 'change' && target instanceof HTMLInputElement ? target : null;
    const form = formOf(target);
    const files = [...((field ?? data)?.files ?? [])];
    if (!form || (type === 'change' && !files.length)) return;
    const over = type === 'dragover' && data?.types.includes('Files');
    if (over || (files.length && take(form, files, field) && !field)) event.preventDefault();
  }

  /**
   * @param {HTMLFormElement} form
   * @param {File[]} files
   * @param {HTMLInputElement | null} field
   */
  function take(form, files, field) {
    const about = aboutOf(form);
    if (!about) return false;
    count(form, files.length);
    send(form, files, about, field);
    return true;
  }

  /**
   * @param {HTMLFormElement} form
   * @param {File[]} files
   * @param {Record<string, string>} about
   * @param {HTMLInputElement | null} field
   */
  async function send(form, files, about, field) {
    try {
      const { sendFiles } = await import('./uploading.js');
      await sendFiles(form, files, about, (sent) => after(form, sent));
      if (field) field.value = '';
    } catch {
      // They stay in the field: the form takes them along.
      count(form, -files.length);
      announce(word('no_net'));
    }
  }
}

/**
 * Whether somebody has pressed a button before all files have come. It is noted, to be pressed again.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} pressed
 */
export function waitsForFiles(form, pressed) {
  if (!form.dataset.uploading) return false;
  form.dataset.after = (pressed instanceof HTMLButtonElement && (pressed.name || pressed.dataset.command)) || '';
  announce(word('upload_first'));
  return true;
}

/**
 * @param {HTMLFormElement} form
 * @param {number} more
 */
function count(form, more) {
  const left = Number(form.dataset.uploading ?? 0) + more;
  if (left > 0) form.dataset.uploading = String(left);
  else delete form.dataset.uploading;
}

/**
 * The form that it is over; else the one on the page, so that nothing is opened instead of the page.
 * @param {EventTarget | null} target
 */
function formOf(target) {
  const over = target instanceof Element ? target.closest('form') : null;
  return over?.querySelector(FIELD) ? over : document.querySelector(`form ${FIELD}`)?.closest('form');
}
