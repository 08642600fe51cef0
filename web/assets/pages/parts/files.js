// @ts-check
/** Files that somebody chooses, drops or pastes in a form that takes files: they are sent beside it, at once. */
import { announce } from '../../ui/announcer.js';
import { word } from '../../ui/words.js';

const FIELD = 'input[type="file"]';
/** What stands around a form for some only: the internal note folds, the statement to the board stands among what is open. */
const APART = 'details, [data-part="open"]';

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
    // Some programs put a picture of the text beside it: the text is meant.
    if (type === 'paste' && data?.types.includes('text/plain')) return;
    if (!form.querySelector(FIELD)) {
      refuse(event);
      return;
    }
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
      if (field) done(field);
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
 * What was chosen stands in the list by now: what unfolded to choose it is in the way.
 * @param {HTMLInputElement} field
 */
function done(field) {
  field.value = '';
  const fold = field.closest('details');
  if (!fold?.open) return;
  const focused = fold.contains(document.activeElement);
  fold.open = false;
  if (focused) fold.querySelector('summary')?.focus({ preventScroll: true });
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
 * A form that takes no files: nothing is opened instead of the page, and the pointer says that nothing can be dropped.
 * @param {Event & { dataTransfer?: DataTransfer | null }} event
 */
function refuse(event) {
  if (!event.dataTransfer?.types.includes('Files')) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'none';
}

/**
 * The form that it is over, which may take none: what is meant for colleagues must not go along with what others read.
 * Outside of every form it is the one on the page that takes files.
 * @param {EventTarget | null} target
 */
function formOf(target) {
  const over = target instanceof Element ? target : null;
  return over?.closest('form') ?? over?.closest(APART)?.querySelector('form') ?? document.querySelector(`form ${FIELD}`)?.closest('form');
}
