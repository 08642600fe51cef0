// @ts-check
/** Files on their way, as a list in the form that they are for. What is said aloud: that one goes, has come, or did not. */
import { announce } from './announcer.js';
import { attachedField } from './attached.js';
import { copyOf, fill, slot } from './drawing.js';
import { word } from './words.js';

/** @typedef {{ progress: (part: number) => void, waits: () => void, going: () => void, done: (file: string, upload: string, locked: boolean) => void, again: (field: HTMLInputElement) => void, failed: (why: string) => void }} UploadRow */

/**
 * Take over the words and the row that were fetched for this.
 * @param {Document} page
 */
export function learnUploads(page) {
  const words = document.getElementById('words');
  const fresh = page.getElementById('upload-words');
  const row = page.getElementById('upload-template');
  if (!(words instanceof HTMLTemplateElement) || !(fresh instanceof HTMLTemplateElement) || !row) throw new Error('no words');
  words.content.append(document.adoptNode(fresh.content));
  document.body.append(document.adoptNode(row));
}

/** Whether a row can be drawn. */
export function knowsUploads() {
  return Boolean(document.getElementById('upload-template'));
}

/**
 * A row for a file. Its button stops it, or takes it away.
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {() => void} stop
 * @returns {UploadRow}
 */
export function drawUpload(form, name, stop) {
  const row = copyOf('upload-template');
  const bar = /** @type {HTMLProgressElement} */ (row.querySelector('progress'));
  for (const place of ['text', 'name']) fill(row, place, name);
  bar.setAttribute('aria-label', word('upload_going', { name }));
  row.querySelector('button')?.addEventListener('click', () => {
    const next =
      row.nextElementSibling?.querySelector('button') ?? form.querySelector('input[type="file"]:not(details:not([open]) *), textarea');
    row.remove();
    if (next instanceof HTMLElement) next.focus();
    announce(word('upload_gone'));
    stop();
  });
  listIn(form).append(row);
  let waits = false;
  return {
    going() {
      announce(word('upload_going', { name }));
    },
    progress(part) {
      bar.value = part;
      if (waits) fill(row, 'state', '');
      waits = false;
    },
    waits() {
      if (!waits) tell(row, word('upload_later'), word('upload_waits', { name }));
      waits = true;
    },
    done(file, upload, locked) {
      ended(row, come(locked), [word('upload_done', { name }), locked && word('upload_locked')].filter(Boolean).join(' '));
      row.append(attachedField({ id: file, name, upload, locked }));
    },
    again(field) {
      ended(row, come('locked' in field.dataset), '');
      row.append(field);
    },
    failed(why) {
      row.querySelector('input')?.remove();
      row.classList.add('upload--failed');
      const reason = why || word('upload_nobody');
      ended(row, reason, word('upload_failed', { name, why: reason }));
    },
  };
}

/**
 * Rows of what did not come, for a form that takes another's place.
 * @param {HTMLFormElement} from
 * @param {HTMLFormElement} to
 */
export function keepFailed(from, to) {
  const failed = from.querySelectorAll('.upload--failed');
  if (failed.length) listIn(to).append(...failed);
}

/**
 * What stands beside a file that has come. One that nobody can open is told as long as another can be chosen instead.
 * @param {boolean} locked
 */
function come(locked) {
  return word(locked ? 'upload_locked' : 'upload_there');
}

/**
 * @param {HTMLElement} row
 * @param {string} shown
 * @param {string} said
 */
function ended(row, shown, said) {
  row.querySelector('progress')?.remove();
  fill(row, 'button', word('remove'));
  tell(row, shown, said);
}

/**
 * Shown beside the name; said with it.
 * @param {HTMLElement} row
 * @param {string} shown
 * @param {string} said
 */
function tell(row, shown, said) {
  fill(row, 'state', shown);
  if (said) announce(said);
}

/** @param {HTMLFormElement} form */
function listIn(form) {
  const list = form.querySelector('[data-uploads]');
  if (list instanceof HTMLElement) return list;
  const made = document.createElement('ul');
  made.className = 'uploads';
  made.dataset.uploads = '';
  const field = form.querySelector('input[type="file"]');
  (slot(form, 'uploads') ?? field?.closest('details, .attach'))?.after(made);
  return made;
}
