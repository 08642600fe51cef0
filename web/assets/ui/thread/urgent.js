// @ts-check
/** Where to call for help: shown to whoever has just sent words of danger, and in nobody's way. */

/** @param {import('../../live/connection.js').Connection} connection */
export function showWhenUrgent(connection) {
  connection.addEventListener('urgent', () => {
    const panel = /** @type {HTMLElement | null} */ (document.querySelector('[data-urgent]'));
    if (!panel) return;
    panel.hidden = false;
    panel.scrollIntoView({ block: 'nearest' });
  });
}
