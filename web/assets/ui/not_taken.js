// @ts-check
/** On a page without a thread: what somebody wrote that was refused. Its case may be open to them nowhere any more. */
import { copyOf, fill } from './drawing.js';

/** @typedef {import('../model/outgoing.js').Outgoing} Outgoing */

/**
 * Show one, once.
 * @param {Outgoing} one
 * @param {(clientId: string) => void} drop
 */
export function showNotTaken(one, drop) {
  const place = /** @type {HTMLElement | null} */ (document.querySelector('[data-not-taken]'));
  const list = place?.querySelector('ul');
  if (!place || !list || list.querySelector(`[data-client-id="${CSS.escape(one.client_id)}"]`)) return;
  const row = copyOf('not-taken-template');
  row.dataset.clientId = one.client_id;
  fill(row, 'text', one.text);
  fill(row, 'why', one.reason);
  row.querySelector('button')?.addEventListener('click', () => {
    row.remove();
    place.hidden = !list.children.length;
    /** @type {HTMLElement | null} */ (list.querySelector('button') ?? document.querySelector('main a'))?.focus();
    drop(one.client_id);
  });
  list.append(row);
  place.hidden = false;
}
