// @ts-check
/** A case that is somebody else's now: nothing of it stays on the screen but what one wrote and could not send. */

export function takeAway() {
  keepHeading();
  const log = document.querySelector('[data-log]');
  log?.replaceChildren(...log.querySelectorAll('[data-client-id]:not([data-entry])'));
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[data-composer]'))) {
    const field = form.querySelector('textarea');
    if (field?.value.trim()) keepText(form, field);
    else (form.closest('details') ?? form).remove();
  }
  for (const part of document.querySelectorAll('[data-part]')) {
    if (!part.matches('[data-part="queue"], form') && !part.querySelector('h1')) part.remove();
  }
}

/** The page keeps its heading: what its title says, which tells nothing of the case but its number. */
function keepHeading() {
  const heading = document.querySelector('h1');
  const part = heading?.closest('[data-part]');
  if (!heading || !part) return;
  heading.textContent = document.title.split(' – ')[0] ?? '';
  part.replaceChildren(heading);
}

/**
 * To be copied; it cannot be sent any more.
 * @param {HTMLFormElement} form
 * @param {HTMLTextAreaElement} field
 */
function keepText(form, field) {
  const label = form.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  field.readOnly = true;
  form.replaceChildren(...(label ? [label] : []), field);
}
