// @ts-check
/** Puts the service worker in place that answers when there is no net. */

/** Beside this file: another address for each version of the files. */
const WORKER = new URL('../worker.js', import.meta.url).pathname;

/** The page for those without a net is kept from now on; where that cannot be, all works but for that page. */
export async function keepOfflinePage() {
  try {
    await navigator.serviceWorker.register(/** @type {string} */ (trusted()), { scope: '/' });
  } catch {
    // A private window, or an old browser.
  }
}

/** The only text that the page's policy lets become a script's address: the worker's own. */
function trusted() {
  const { trustedTypes } = /** @type {any} */ (globalThis);
  if (!trustedTypes) return WORKER;
  return trustedTypes.createPolicy('worker', { createScriptURL: () => WORKER }).createScriptURL('');
}
