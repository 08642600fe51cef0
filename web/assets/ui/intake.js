// @ts-check
/** The guided chat grows in place: the new turn joins the log, the new question takes the old one's place and the focus. */
import { leadTo, whatCalls } from './attention.js';
import { drawCounters } from './counter.js';
import { word } from './words.js';

/** The section that holds the question. */
export function intakeSection() {
  return /** @type {HTMLElement | null} */ (document.querySelector('[data-intake]'));
}

/**
 * Whether a page holds a question that can take the place of this one.
 * @param {Document} page
 */
export function holdsQuestion(page) {
  return Boolean(page.querySelector('[data-intake] [data-question]'));
}

/**
 * Where the question of a page is asked.
 * @param {Document} page
 */
export function addressOf(page) {
  const question = page.querySelector('[data-question]');
  return question instanceof HTMLElement ? `/beratta/${question.dataset.question}` : location.pathname;
}

/**
 * Whether somebody has written or chosen something that is not sent.
 * @param {HTMLElement} section
 */
export function isTouched(section) {
  const fields = /** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>} */ (
    section.querySelectorAll('input, textarea, select')
  );
  return [...fields].some((field) => {
    if (field instanceof HTMLSelectElement)
      return [...field.options].some((option) => option.selected !== option.defaultSelected && field.selectedIndex > 0);
    if (field instanceof HTMLInputElement && ['radio', 'checkbox'].includes(field.type)) return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue;
  });
}

/**
 * Show the question of another page.
 * @param {Document} page
 */
export function showQuestion(page) {
  const now = intakeSection();
  const fresh = page.querySelector('[data-intake]');
  if (!now || !(fresh instanceof HTMLElement)) return;
  const before = { question: questionIn(now), focus: document.activeElement?.id ?? '' };
  const next = document.adoptNode(fresh);
  keepLog(now, next);
  // A draft can be thrown away from the first answer on.
  for (const part of ['steps', 'foot']) {
    const drawn = page.querySelector(`[data-part="${part}"]`);
    if (drawn) document.querySelector(`[data-part="${part}"]`)?.replaceWith(document.adoptNode(drawn));
  }
  drawCounters();
  setTitle();
  settle(before);
}

/**
 * The log itself stays, so that only what is new in it is read out.
 * @param {HTMLElement} now
 * @param {HTMLElement} next
 */
function keepLog(now, next) {
  const log = now.querySelector('[data-log]');
  const freshLog = next.querySelector('[data-log]');
  if (log && freshLog) {
    growInto(log, [...freshLog.children]);
    const part = log.closest('[data-intake] > *');
    const freshPart = freshLog.closest('[data-intake] > *');
    if (part && freshPart) {
      for (const old of [...now.children]) if (old !== part) old.remove();
      const children = [...next.children];
      const at = children.indexOf(freshPart);
      part.before(...children.slice(0, at));
      part.after(...children.slice(at + 1));
    }
  } else now.replaceChildren(...next.children);
  now.dataset.revision = next.dataset.revision;
}

/**
 * Leave the turns that are the same, take away those after, add the new ones.
 * @param {Element} log
 * @param {Element[]} turns
 */
function growInto(log, turns) {
  const old = [...log.children];
  const same = turns.findIndex((turn, i) => !old[i]?.isEqualNode(turn));
  const kept = same < 0 ? turns.length : same;
  old.slice(kept).forEach((turn) => turn.remove());
  log.append(...turns.slice(kept));
}

/** The question in the title of the page, and whether something is wrong there. */
export function setTitle() {
  const [, site = ''] = document.title.match(/( – [^–]*)$/) ?? [];
  const wrong = document.querySelector('[data-intake] .errtext, [data-errors]');
  const heading = document.getElementById('heading')?.textContent?.trim() ?? '';
  document.title = `${wrong ? `${word('wrong')} ` : ''}${heading}${site}`;
}

/**
 * Where somebody goes on: at what calls for them, at the new question, or where they were.
 * @param {{ question: string | undefined, focus: string }} before
 */
function settle(before) {
  const section = intakeSection();
  if (!section) return;
  const same = questionIn(section) === before.question;
  const goal = whatCalls(section) ?? (same ? (byId(before.focus) ?? byId('level')) : null) ?? byId('heading');
  if (goal) leadTo(goal);
}

/** @param {HTMLElement} section */
function questionIn(section) {
  const question = section.querySelector('[data-question]');
  return question instanceof HTMLElement ? question.dataset.question : undefined;
}

/** @param {string | undefined} id */
function byId(id) {
  return id ? document.getElementById(id) : null;
}
