// @ts-check
/** What is wrong in a question is said until it is answered: a choice, or something written, takes the sentence away. So does folding it away. */

/**
 * Follow what is chosen and written in questions.
 * @param {() => void} after What to do when a sentence is gone.
 */
export function dropMended(after) {
  document.addEventListener('input', ({ target }) => {
    const question = target instanceof Element ? target.closest('[data-question]') : null;
    if (!question || !isAnswer(target)) return;
    const about = [...question.querySelectorAll('[id$="-error"]')].filter((error) => owner(error)?.contains(target) || isFolded(error));
    if (!about.length) return;
    about.forEach(drop);
    if (!question.querySelector('[id$="-error"]')) question.querySelector('[data-errors]')?.remove();
    after();
  });
}

/**
 * @param {EventTarget | null} target
 * @returns {target is HTMLElement}
 */
function isAnswer(target) {
  if (target instanceof HTMLInputElement && target.type === 'search') return false;
  if (target instanceof HTMLInputElement) return ['radio', 'checkbox'].includes(target.type) ? target.checked : target.value.trim() !== '';
  if (!(target instanceof HTMLTextAreaElement)) return false;
  const counter = document.querySelector(`[data-counter="${CSS.escape(target.id)}"]`);
  const limit = counter instanceof HTMLElement ? Number(counter.dataset.limit) : Infinity;
  return target.value.trim() !== '' && [...target.value].length <= limit;
}

/**
 * Whether it is about something that is not asked for by what is chosen now.
 * @param {Element} error
 */
function isFolded(error) {
  return !error.getClientRects().length;
}

/** @param {Element} error */
function owner(error) {
  return document.getElementById(error.id.replace(/-error$/, ''));
}

/** @param {Element} error */
function drop(error) {
  const about = owner(error);
  for (const each of [about, about?.closest('.is-wrong'), ...(about?.querySelectorAll('.is-wrong') ?? [])]) {
    each?.classList.remove('is-wrong');
    each?.removeAttribute('aria-invalid');
  }
  const described = about
    ?.getAttribute('aria-describedby')
    ?.split(' ')
    .filter((id) => id && id !== error.id)
    .join(' ');
  if (described) about?.setAttribute('aria-describedby', described);
  else about?.removeAttribute('aria-describedby');
  error.remove();
}
