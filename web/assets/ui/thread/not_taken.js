// @ts-check
/** On a page without a thread: what somebody wrote that was refused, or has waited for so long that they are asked. Its case may be open to them nowhere any more. */
import { LATE } from '../../model/outgoing.js';
import { copyOf, fill, show } from '../drawing.js';

/** @typedef {import('../../model/outgoing.js').Outgoing} Outgoing */

/**
 * Show one, once.
 * @param {Outgoing} one
 * @param {{ drop: (clientId: string) => void, retry: (clientId: string) => void }} wishes
 */
export function showNotTaken(one, wishes) {
  const { place, list } = region();
  if (!place || !list || rowOf(one)) return;
  const row = copyOf('not-taken-template');
  row.dataset.clientId = one.client_id;
  const late = one.code === LATE && !one.reason;
  fill(row, 'text', one.text);
  fill(row, 'why', one.reason);
  show(row, 'why', !late);
  show(row, 'late', late);
  for (const wish of /** @type {const} */ (['drop', 'retry'])) {
    const button = /** @type {HTMLButtonElement | null} */ (row.querySelector(`[data-wish="${wish}"]`));
    if (button) button.hidden = wish === 'retry' && !late;
    button?.addEventListener('click', () => {
      hideNotTaken(one);
      /** @type {HTMLElement | null} */ (list.querySelector('button:not([hidden])') ?? document.querySelector('main a'))?.focus();
      wishes[wish](one.client_id);
    });
  }
  list.append(row);
  place.hidden = false;
}

/**
 * It is on its way again, or gone.
 * @param {Outgoing} one
 */
export function hideNotTaken(one) {
  const { place, list } = region();
  rowOf(one)?.remove();
  if (place && list) place.hidden = !list.children.length;
}

/** @param {Outgoing} one */
function rowOf(one) {
  return region().list?.querySelector(`[data-client-id="${CSS.escape(one.client_id)}"]`);
}

function region() {
  const place = /** @type {HTMLElement | null} */ (document.querySelector('[data-not-taken]'));
  return { place, list: place?.querySelector('ul') };
}
