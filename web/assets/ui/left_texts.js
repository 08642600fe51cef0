// @ts-check
/** Texts that were begun long ago and never sent: whoever wrote them says what becomes of them. */
import { copyOf, fill, show, slot } from './drawing.js';
import { whoLooks } from './thread/viewer.js';

/** @typedef {{ key: string, text: string }} Left */
/** @typedef {{ inDrafts(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<unknown> }} Kept Where they lie. */

const CASE = /[0-9a-f]{8}-[0-9a-f-]{27}/;

/**
 * @param {Left[]} texts
 * @param {Kept} kept
 */
export function showLeft(texts, kept) {
  const place = /** @type {HTMLElement | null} */ (document.querySelector('[data-left]'));
  const list = place?.querySelector('ul');
  if (!place || !list) return;
  for (const left of texts) {
    const row = copyOf('left-template');
    fill(row, 'text', wordsOf(left.text));
    const [id] = CASE.exec(left.key) ?? [];
    slot(row, 'case')?.setAttribute('href', `${whoLooks().staff ? '/personal' : ''}/arende/${id}`);
    show(row, 'case', Boolean(id));
    row.addEventListener('click', ({ target }) => {
      const wish = target instanceof HTMLElement && target.dataset.wish;
      if (!wish) return;
      // Kept, it is as if it had been written today.
      kept.inDrafts('readwrite', (store) => (wish === 'drop' ? store.delete(left.key) : store.put({ ...left, old: false, days: 0 })));
      row.remove();
      place.hidden = !list.children.length;
      /** @type {HTMLElement | null} */ (list.querySelector('button') ?? document.querySelector('main a'))?.focus();
    });
    list.append(row);
  }
  place.hidden = false;
}

/**
 * What was typed; of a final answer, which is a form, its texts.
 * @param {string} text
 */
function wordsOf(text) {
  try {
    /** @type {[string, string][]} */
    const fields = JSON.parse(text).fields;
    return fields.flatMap(([, value]) => (/\s/.test(value) ? [value] : [])).join('\n\n');
  } catch {
    return text;
  }
}
