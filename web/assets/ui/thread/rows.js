// @ts-check
/** One row of a thread as an element, made from the page's own templates. */
import { clock, dayOf, dayWords } from '../../model/dates.js';
import { changeIcon, copyOf, fill, show, slot } from '../drawing.js';
import { language, word } from '../words.js';

/** @typedef {import('../../model/thread.js').Row} Row */
/** @typedef {import('../../model/outgoing.js').Outgoing} Outgoing */

/** @type {Record<string, [string, string]>} Icon and colour. */
const AUDIENCES = { all: ['group', ''], citizen_board: ['person', 'board'], unit_board: ['hospital', 'care'] };

/**
 * @param {Row} row
 * @param {string} url The address of the case.
 */
export function drawRow(row, url) {
  const drawn = row.type === 'event' ? drawEvent(row, url) : drawMessage(row, url);
  drawn.dataset.entry = String(row.n);
  drawn.dataset.at = row.at.toISOString();
  if (row.clientId && row.type !== 'event') drawn.dataset.clientId = row.clientId;
  if (row.own && row.type === 'message') drawn.dataset.to = row.to.join(' ');
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
  showFiles(drawn, (one.files ?? []).map((file) => drawFile({ ...file, kind: '', size: 0, width: 0, height: 0 }, url, '')));
  showAudience(drawn, one.audience ?? 'all');
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

/**
 * @param {Row} row
 * @param {string} url
 */
function drawMessage(row, url) {
  const whose = row.own ? 'own' : 'message';
  const drawn = copyOf(row.type === 'note' ? 'note-template' : `${whose}-${row.side}-template`);
  drawn.id = row.type === 'note' ? `note-${row.n}` : `entry-${row.n}`;
  fill(drawn, 'author', row.author);
  fill(drawn, 'role', row.role);
  fill(drawn, 'text', row.text);
  fill(drawn, 'kicker', row.kicker);
  show(drawn, 'kicker', Boolean(row.kicker));
  if (row.type === 'message' && !row.answer) showAudience(drawn, row.audience);
  show(drawn, 'asks', row.asks);
  setTime(drawn, row.at);
  showFiles(drawn, row.files.map((file) => drawFile(file, url, row.own ? '' : row.author)));
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

/**
 * @param {Row} row
 * @param {string} url
 */
function drawEvent(row, url) {
  const drawn = copyOf('event-template');
  changeIcon(drawn, row.icon);
  fill(drawn, 'text', row.text);
  fill(drawn, 'quote', row.quote);
  show(drawn, 'quote', Boolean(row.quote));
  setTime(drawn, row.at);
  drawn.classList.toggle('event--answer', row.answer);
  const link = slot(drawn, 'link');
  if (row.link && link instanceof HTMLAnchorElement) {
    link.href = url + row.link.path;
    link.textContent = row.link.label;
    link.hidden = false;
  }
  return drawn;
}

/**
 * @param {import('../../model/thread.js').FileRef} file
 * @param {string} url
 * @param {string} author Empty for one's own.
 */
function drawFile(file, url, author) {
  const drawn = /** @type {HTMLAnchorElement} */ (copyOf('file-template'));
  drawn.href = `${url}/fil/${file.id}`;
  const picture = file.kind.startsWith('image/');
  if (file.width) drawPreview(drawn, file, picture ? word(author ? 'picture_from' : 'picture_own', { name: author }) : word('first_page'));
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
 * @param {import('../../model/thread.js').FileRef} file
 * @param {string} words
 */
function drawPreview(drawn, file, words) {
  const picture = new Image(file.width, file.height);
  picture.loading = 'lazy';
  picture.alt = words;
  picture.src = `${drawn.getAttribute('href')}/bild`;
  drawn.classList.add('file--seen');
  drawn.querySelector('svg')?.replaceWith(picture);
}

/**
 * Who a message is for, where that is not plain: to some only, or between three.
 * @param {HTMLElement} row
 * @param {string} audience
 */
function showAudience(row, audience) {
  const mark = slot(row, 'audience');
  if (!mark) return;
  mark.hidden = audience === 'all' && !document.querySelector('[data-three]');
  const [icon, side] = AUDIENCES[audience] ?? ['group', ''];
  changeIcon(mark, icon);
  const words = mark.querySelector('span');
  if (words) words.textContent = word(`aud_${audience}`);
  if (!side) return;
  mark.classList.add(`aud--${side}`);
  row.classList.add(`msg--to-${side}`);
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
