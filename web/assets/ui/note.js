// @ts-check
/** The internal note takes the place of the reply while it is open: one opens it to write in it, and goes back to the reply from it. */

/** Lead whoever opens the note into it, and back with Escape. */
export function followNote() {
  document.addEventListener('click', ({ target }) => {
    const note = target instanceof Element ? target.closest('[data-note] > summary')?.parentElement : null;
    // It opens and closes after the click has been heard.
    note?.addEventListener('toggle', () => field(isOpen(note) ? note : null)?.focus(), { once: true });
  });
  document.addEventListener('keydown', ({ key, target, isComposing }) => {
    if (key === 'Escape' && !isComposing && target instanceof Element && target.closest('[data-note] form')) backToReply();
  });
}

/** Fold the note, and go on with the reply; where there is none, stay at the note. */
export function backToReply() {
  const note = document.querySelector('[data-note]');
  note?.removeAttribute('open');
  (field(null) ?? /** @type {HTMLElement | null | undefined} */ (note?.querySelector('summary')))?.focus();
}

/**
 * Show a form that was begun. The note stays folded as long as a reply is begun too, and says that it is.
 * @param {HTMLFormElement} form
 */
export function unfold(form) {
  const folded = form.closest('details');
  if (folded && !field(null)?.value) folded.open = true;
}

/** @param {Element} note */
function isOpen(note) {
  return note.hasAttribute('open');
}

/**
 * Where one writes: in the note, or in the reply.
 * @param {Element | null} note
 * @returns {HTMLTextAreaElement | null}
 */
function field(note) {
  return note ? note.querySelector('textarea') : document.querySelector('[data-composer="message"] textarea');
}
