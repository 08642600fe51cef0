// @ts-check
/** Files of a form are sent beside it, and named in it when they have come. Fetched when somebody first chooses a file. */
import { fetchParts } from '../../live/fragments.js';
import { isGone, takeBack, Upload } from '../../live/uploads.js';
import { attachedFields } from '../../ui/attached.js';
import { drawUpload, keepFailed, knowsUploads, learnUploads } from '../../ui/upload.js';
import { word } from '../../ui/words.js';

const WORDS = '/filer';
/** @type {Promise<void> | null} */
let learning = null;

/** @typedef {(sent: boolean) => Promise<HTMLFormElement | null> | void} After */

/**
 * Send the files of a form. `data-uploading` says on it how many are on their way.
 * @param {HTMLFormElement} form
 * @param {File[]} files
 * @param {Record<string, string>} about
 * @param {After} after When none is on its way any more: whether all of them have come. A form that took its place gets the rows of the rest.
 */
export async function sendFiles(form, files, about, after) {
  if (!knowsUploads()) await (learning ??= learn());
  for (const file of files) send(form, file, about, tokenOf(form), after);
}

/**
 * Show the files that came for a text before its page was left. The server keeps them for a shorter time than the browser keeps the text.
 * @param {HTMLFormElement} form With a field for each.
 * @param {() => void} changed One of them is there no more.
 */
export async function showAgain(form, changed) {
  if (!knowsUploads()) await (learning ??= learn());
  for (const field of attachedFields(form)) if (!field.closest('li')) showOne(form, field, changed);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} field
 * @param {() => void} changed
 */
async function showOne(form, field, changed) {
  const { name = '', upload = '' } = field.dataset;
  const row = drawUpload(form, name, () => {
    if (upload) takeBack(upload, tokenOf(form));
    changed();
  });
  row.again(field);
  if (!upload || !(await isGone(upload)) || !field.form) return;
  row.failed(word('upload_lost'));
  changed();
}

/** @param {HTMLFormElement} form */
function tokenOf(form) {
  return /** @type {HTMLInputElement | null} */ (form.querySelector('input[name="csrf"]'))?.value ?? '';
}

async function learn() {
  try {
    learnUploads((await fetchParts(WORDS)).page);
  } finally {
    learning = null;
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {File} file
 * @param {Record<string, string>} about
 * @param {string} token
 * @param {After} after
 */
function send(form, file, about, token, after) {
  let going = true;
  /** @param {boolean} well */
  const end = async (well) => {
    if (!going) return;
    going = false;
    const left = Number(form.dataset.uploading ?? 1) - 1;
    if (!well) form.dataset.uploadFailed = '';
    if (left > 0) {
      form.dataset.uploading = String(left);
      return;
    }
    delete form.dataset.uploading;
    const sent = !('uploadFailed' in form.dataset);
    delete form.dataset.uploadFailed;
    const next = await after(sent);
    if (next) keepFailed(form, next);
  };
  const row = drawUpload(form, file.name, async () => {
    const had = !going;
    await Promise.all([upload.cancel(), end(true)]);
    // It had come already, and may be shown: it is gone now.
    if (had) after(false);
  });
  row.going();
  const upload = new Upload(file, about, token, {
    ...row,
    done(id, address, locked) {
      row.done(id, address, locked);
      end(true);
    },
    failed(why) {
      row.failed(why);
      end(false);
    },
    unreadable() {
      row.failed(word('upload_unreadable'));
      end(false);
    },
  });
  upload.start().catch(() => {
    row.failed('');
    end(false);
  });
}
