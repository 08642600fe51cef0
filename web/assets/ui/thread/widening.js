// @ts-check
/** Before everyone reads the reply to what was for some, its writer is asked once whether that is meant. */

/**
 * Those alone who have been spoken to, and have had no word to everyone since; else empty.
 * @param {HTMLFormElement} form
 */
export function owed(form) {
  return choiceIn(form)?.dataset.owed ?? '';
}

/**
 * @param {HTMLFormElement} form
 * @param {string} audience
 */
export function setOwed(form, audience) {
  const choice = choiceIn(form);
  if (choice) choice.dataset.owed = audience;
}

/**
 * The choice as the page would draw it now: what somebody chooses instead can be told from it when the form is drawn anew.
 * @param {HTMLFormElement} form
 * @param {string} audience
 */
export function suggest(form, audience) {
  const choices = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll('[data-audience]')]);
  const chosen = choices.find(({ checked }) => checked);
  for (const each of choices) each.defaultChecked = each.value === audience;
  if (chosen) chosen.checked = true;
}

/**
 * Whether the writer has said that everyone is meant.
 * @param {HTMLFormElement} form
 */
export function isMeant(form) {
  return form.querySelector('[data-meant]') !== null;
}

/**
 * What the pressed button answers to the question: the audience that it goes to instead; empty for everyone, and where nothing was asked.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} pressed
 */
export function answerTo(form, pressed) {
  if (!(pressed instanceof HTMLButtonElement) || !pressed.closest('[data-widen]')) return '';
  hide(form);
  if (pressed.name === 'only') return pressed.value;
  // Also when the page's own form is sent, later and by another button: files may still be on their way.
  const meant = Object.assign(document.createElement('input'), { type: 'hidden', name: 'widens', value: 'true' });
  meant.dataset.meant = '';
  form.append(meant);
  return '';
}

/**
 * Ask. True if there was a question to ask.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} pressed The button that would send it.
 */
export function ask(form, pressed) {
  const question = /** @type {HTMLElement | null} */ (form.querySelector(`[data-widen="${CSS.escape(owed(form))}"]`));
  const [no, yes] = /** @type {NodeListOf<HTMLButtonElement>} */ (question?.querySelectorAll('button') ?? []);
  if (!question || !no || !yes) return false;
  // Who says yes does what they were about to do.
  for (const name of ['formaction', 'data-command']) {
    const value = pressed?.getAttribute(name);
    if (value) yes.setAttribute(name, value);
    else yes.removeAttribute(name);
  }
  question.hidden = false;
  no.focus();
  return true;
}

/**
 * Sent, or for others now: what was asked and answered is over.
 * @param {HTMLFormElement} form
 */
export function dropQuestion(form) {
  hide(form);
  form.querySelector('[data-meant]')?.remove();
}

/** @param {HTMLFormElement} form */
function hide(form) {
  for (const question of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll('[data-widen]'))) question.hidden = true;
}

/**
 * @param {HTMLFormElement} form
 * @returns {HTMLElement | null}
 */
function choiceIn(form) {
  return form.querySelector('[data-owed]');
}
