// @ts-check
/** One row of a thread as an element, made from the page's own templates. */
import { clock, dayOf, dayWords } from '../../model/dates.js';
import { changeIcon, copyOf, fill, show, slot } from '../drawing.js';
import { language, word } from '../words.js';

/** @typedef {import('../../model/thread.js').Row} Row */
/** @typedef {import('../../model/outgoing.js').Outgoing} Outgoing */

/** @type {Record<string, [string, string]>} Icon and colour, of what the server does not have yet. */
const AUDIENCES = { all: ['group', ''], citizen_board: ['person', 'board'], unit_board: ['hospital', 'care'] };

/** @param {Row} row */
export function drawRow(row) {
  const drawn = row.type === 'event' ? drawEvent(row) : drawMessage(row);
  drawn.dataset.entry = String(row.n);
  drawn.dataset.at = row.at;
  if (row.client_id && row.type !== 'event') drawn.dataset.clientId = row.client_id;
  if (row.own) drawn.dataset.to = row.to?.join(' ');
  return drawn;
}

/**
 * What somebody has just written, before the server has it.
 * @param {Outgoing} one
 * @param {'reporter' | 'care' | 'board'} side Of the one who writes.
 * @param {string} url The address of the case.
 */
export function drawOutgoing(one, side, url) {
  const drawn = copyOf(one.command === 'write_note' ? 'note-template' : `own-${side}-template`);
  drawn.dataset.clientId = one.client_id;
  drawn.removeAttribute('data-entry');
  fill(drawn, 'author', word('you'));
  fill(drawn, 'text', one.text);
  showFiles(
    drawn,
    (one.files ?? []).map((file) => drawFile({ ...file, url: `${url}/fil/${file.id}`, kind: '', size: 0, preview: null }, '')),
  );
  showAudience(drawn, markOf(one.audience ?? 'all'));
  setTime(drawn, new Date(one.at));
  return drawn;
}

/** @param {Date} at */
export function drawDay(at) {
  const drawn = copyOf('day-template');
  // For the eye: what is read out is what is said.
  drawn.setAttribute('aria-live', 'off');
  drawn.dataset.day = dayOf(at);
  fill(drawn, 'text', dayWords(at, language(), new Date()));
  return drawn;
}

/**
 * What stands under an own message.
 * @param {HTMLElement} row
 * @param {string} text
 * @param {string} icon
 * @returns {boolean} Whether it said something else before.
 */
export function setFoot(row, text, icon) {
  const foot = slot(row, 'foot');
  const words = foot?.querySelector('span');
  if (!foot || !words || (words.textContent === text && foot.hidden === !text)) return false;
  words.textContent = text;
  foot.hidden = !text;
  changeIcon(foot, icon);
  return true;
}

/** @param {Row} row */
function drawMessage(row) {
  const whose = row.own ? 'own' : 'message';
  const drawn = copyOf(row.type === 'note' ? 'note-template' : `${whose}-${row.side}-template`);
  drawn.id = row.type === 'note' ? `note-${row.n}` : `entry-${row.n}`;
  for (const name of /** @type {const} */ (['author', 'role', 'text', 'kicker'])) fill(drawn, name, row[name] ?? '');
  show(drawn, 'kicker', Boolean(row.kicker));
  if (row.audience) showAudience(drawn, row.audience);
  show(drawn, 'asks', Boolean(row.asks));
  setTime(drawn, new Date(row.at));
  showFiles(
    drawn,
    (row.files ?? []).map((file) => drawFile(file, row.own ? '' : (row.author ?? ''))),
  );
  return drawn;
}

/**
 * @param {HTMLElement} row
 * @param {HTMLElement[]} files
 */
function showFiles(row, files) {
  slot(row, 'files')?.replaceChildren(...files);
  show(row, 'files', files.length > 0);
}

/** @param {Row} row */
function drawEvent(row) {
  const drawn = copyOf('event-template');
  changeIcon(drawn, row.icon ?? 'info');
  fill(drawn, 'text', row.text);
  fill(drawn, 'quote', row.quote ?? '');
  show(drawn, 'quote', Boolean(row.quote));
  setTime(drawn, new Date(row.at));
  drawn.classList.toggle('event--answer', Boolean(row.answer));
  const link = slot(drawn, 'link');
  if (row.link && link instanceof HTMLAnchorElement) {
    link.href = row.link.url;
    link.textContent = row.link.label;
    link.hidden = false;
  }
  return drawn;
}

/**
 * @param {import('../../model/thread.js').FileRef} file
 * @param {string} author Empty for one's own.
 */
function drawFile(file, author) {
  const drawn = /** @type {HTMLAnchorElement} */ (copyOf('file-template'));
  drawn.href = file.url;
  const picture = file.kind === 'image';
  if (file.preview)
    drawPreview(drawn, file.preview, picture ? word(author ? 'picture_from' : 'picture_own', { name: author }) : word('first_page'));
  else changeIcon(drawn, picture ? 'image' : 'file');
  fill(drawn, 'text', file.name);
  fill(drawn, 'size', [file.size && sizeOf(file.size), file.locked && word('file_locked')].filter(Boolean).join(', '));
  return drawn;
}

/**
 * As the page tells it (server/web/dates.py).
 * @param {number} size
 */
function sizeOf(size) {
  const told = size < 104857 ? `${Math.max(1, Math.round(size / 1024))} kB` : `${(size / 1048576).toFixed(1)} MB`;
  return language() === 'sv' ? told.replace('.', ',') : told;
}

/**
 * The small picture of a file, instead of its icon.
 * @param {HTMLAnchorElement} drawn
 * @param {[number, number]} size
 * @param {string} words
 */
function drawPreview(drawn, [width, height], words) {
  const picture = new Image(width, height);
  picture.loading = 'lazy';
  picture.alt = words;
  picture.src = `${drawn.getAttribute('href')}/bild`;
  drawn.classList.add('file--seen');
  drawn.querySelector('svg')?.replaceWith(picture);
}

/**
 * Who a message is for that the server does not have yet.
 * @param {string} code
 * @returns {import('../../model/thread.js').Mark | null} Nothing where that is plain: to everyone, between two.
 */
function markOf(code) {
  if (code === 'all' && !document.querySelector('[data-three]')) return null;
  const [icon, tone] = AUDIENCES[code] ?? ['group', ''];
  return { code, icon, tone, words: word(`aud_${code}`) };
}

/**
 * @param {HTMLElement} row
 * @param {import('../../model/thread.js').Mark | null} mark
 */
function showAudience(row, mark) {
  const drawn = slot(row, 'audience');
  if (!drawn || !mark) return;
  drawn.hidden = false;
  changeIcon(drawn, mark.icon);
  const words = drawn.querySelector('span');
  if (words) words.textContent = mark.words;
  if (!mark.tone) return;
  drawn.classList.add(`aud--${mark.tone}`);
  row.classList.add(`msg--to-${mark.tone}`);
}

/**
 * @param {HTMLElement} row
 * @param {Date} at
 */
function setTime(row, at) {
  const time = row.querySelector('time');
  if (!time) return;
  time.dateTime = at.toISOString();
  time.textContent = clock(at, language());
}
