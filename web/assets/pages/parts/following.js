// @ts-check
/**
 * The guided chat in two places: what is answered on another device, or in another window, shows here. Without a socket, which the
 * chat does not load: it asks now and then whether the draft is another one by now.
 */
import { fetchNewer } from '../../live/fragments.js';
import { draftIn } from '../../kept/tab_draft.js';
import { stillHere } from '../../live/keepalive.js';
import { alarm, announce } from '../../ui/announcer.js';
import { holdsQuestion, intakeSection, isTouched } from '../../ui/intake.js';
import { word } from '../../ui/words.js';

const EVERY = 5000;
/** Nobody is here after so long without a key or a finger: an empty chair need not be told what is new. */
const AWAY = 5 * 60_000;

/**
 * Follow the draft.
 * @param {() => boolean} busy Whether something is under way here.
 * @param {(page: Document, url: string) => void} shown Shows another question.
 */
export function follow(busy, shown) {
  let used = Date.now();
  let asking = false;
  /** The revision that was told of already. */
  let told = '';

  const look = async () => {
    const section = intakeSection();
    const revision = section?.dataset.revision ?? '';
    // What is not begun yet is nowhere else.
    if (!section || !revision || revision.startsWith('ny.') || asking || busy() || document.visibilityState !== 'visible') return;
    asking = true;
    try {
      const here = await fetchNewer(location.pathname, revision);
      const same = () => intakeSection()?.dataset.revision === revision && !busy();
      if (!here || !same()) return;
      const next =
        draftOf(here.page) === draftIn(revision) && !isTouched(section) && !isAnswered(section)
          ? await fetchNewer(`/beratta?utkast=${draftIn(revision)}`, '')
          : here;
      if (next && same()) changed(next, revision);
    } catch {
      // No net: the next time is soon.
    } finally {
      asking = false;
    }
  };

  /**
   * @param {import('../../live/fragments.js').Got} next
   * @param {string} revision
   */
  const changed = (next, revision) => {
    const section = /** @type {HTMLElement} */ (intakeSection());
    const fresh = revisionOf(next.page);
    // Another kind of page: whoever is signed out is told so when they send.
    if (!fresh || told === fresh) return;
    told = fresh;
    if (draftOf(next.page) !== draftIn(revision)) alarm(word('draft_gone'), { href: '/', label: word('to_start') });
    else if (isTouched(section)) alarm(word('changed_but_kept'));
    else if (!holdsQuestion(next.page)) location.assign(next.url);
    else {
      shown(next.page, next.url);
      announce(word('changed_elsewhere'));
    }
  };

  for (const event of ['pointerdown', 'keydown', 'input', 'focus']) {
    addEventListener(event, () => {
      used = Date.now();
      stillHere();
    });
  }
  for (const event of ['focus', 'online']) addEventListener(event, look);
  document.addEventListener('visibilitychange', look);
  setInterval(() => Date.now() - used < AWAY && look(), EVERY);
}

/** @param {HTMLElement} section */
function isAnswered(section) {
  return section.querySelector('[data-question][data-answered]') !== null;
}

/** @param {Document} page */
function revisionOf(page) {
  return /** @type {HTMLElement | null} */ (page.querySelector('[data-intake]'))?.dataset.revision ?? '';
}

/** @param {Document} page */
function draftOf(page) {
  return draftIn(revisionOf(page));
}
