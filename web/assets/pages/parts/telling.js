// @ts-check
/** Help with a story while it is told: first words to take, and where to call as soon as the words speak of danger. */

const PAUSE = 1500;
const APART = 3000;

/** Take first words without leaving the page. */
export function begin() {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-beginning]') : null;
    const field = link?.closest('form')?.querySelector('textarea');
    if (!link || !field || field.value.trim()) return;
    event.preventDefault();
    field.value = (link.textContent ?? '').replace('…', '');
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });
}

/** Ask the server when somebody pauses, or leaves the field. Focus is not taken, and nothing is held up: it only shows a panel. */
export function heedDanger() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pausing;
  let asked = '';
  let last = 0;

  /** @param {HTMLTextAreaElement} field */
  const ask = async (field) => {
    const { form, value } = field;
    const panel = form?.querySelector('[data-rescue]');
    // Once it is open there is nothing more to ask.
    if (!form?.dataset.story || !(panel instanceof HTMLElement) || !panel.hidden || !value.trim() || value === asked) return;
    asked = value;
    last = Date.now();
    const csrf = form.querySelector('input[name="csrf"]')?.getAttribute('value') ?? '';
    try {
      const answer = await fetch(form.dataset.story, { method: 'POST', body: new URLSearchParams({ csrf, text: value }) });
      const { urgent } = await answer.json();
      if (urgent) {
        panel.hidden = false;
        for (const field of panel.querySelectorAll('input')) field.disabled = false;
        panel.scrollIntoView({ block: 'nearest' });
      }
    } catch {
      // Without an answer the page that follows shows it.
    }
  };

  document.addEventListener('input', ({ target }) => {
    clearTimeout(pausing);
    if (target instanceof HTMLTextAreaElement) pausing = setTimeout(() => ask(target), Math.max(PAUSE, last + APART - Date.now()));
  });
  document.addEventListener('focusout', ({ target }) => {
    if (target instanceof HTMLTextAreaElement) ask(target);
  });
}
