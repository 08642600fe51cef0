// @ts-check
/** What every page does: it leads to what calls for somebody; and whoever leaves, or signs out, leaves nothing behind in this browser. */
import { forget, howMuchIsLost } from '../kept/wipe.js';
import { keepOfflinePage } from '../live/offline.js';
import { HALFWAY, inTab, keepInTab, SENT } from '../kept/tab.js';
import { keepMeasures, leadTo, whatCalls } from '../ui/attention.js';

keepMeasures();
const call = whatCalls();
if (call) leadTo(call);

// Where there is something to lose. Whoever only looks gets nothing put into their browser.
if (document.body.dataset.person || document.querySelector('[data-intake]')) addEventListener('load', () => keepOfflinePage());

for (const exit of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('a[data-exit]'))) {
  exit.addEventListener('click', async (event) => {
    event.preventDefault();
    await forget();
    // Not the way back to this page.
    location.replace(exit.href);
  });
}

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[data-sign-out]'))) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (form.dataset.unsent && (await howMuchIsLost()) && !confirm(form.dataset.unsent)) return;
    await forget();
    form.submit();
  });
}

// Where there is a list that folds.
if (document.querySelector('[data-folds]')) {
  import('./parts/folding.js').then(
    ({ foldChosen }) => foldChosen(),
    () => {},
  );
}

// Only where there is something to keep, or to let go.
if (document.body.dataset.person && (document.querySelector('form[data-keep]') || inTab(SENT))) {
  // A page that is left before it has come has nothing to keep any more.
  import('./parts/keeping.js').then(
    ({ keepForms }) => keepForms(),
    () => {},
  );
}

// A draft that was thrown away, or sent, takes along what was not sent of it.
if (/\?borttaget|^\/kvitto/.test(location.pathname + location.search)) keepInTab(HALFWAY, null);
