// @ts-check
/** What every page does: whoever leaves, or signs out, leaves nothing behind in this browser. */
import { forget, somethingUnsent } from '../live/forget.js';

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
    if (form.dataset.unsent && (await somethingUnsent()) && !confirm(form.dataset.unsent)) return;
    await forget();
    form.submit();
  });
}
