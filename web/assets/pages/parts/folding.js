// @ts-check
/** A list to choose from folds once something is chosen: what comes after it is near, and the choice can be changed. */
import { fill } from '../../ui/drawing.js';

const LIST = 'details[data-folds]';

/** Follow what is chosen in the lists of the page. */
export function foldChosen() {
  document.addEventListener('change', ({ target }) => {
    const list = target instanceof HTMLInputElement && target.type === 'radio' ? target.closest(LIST) : null;
    if (!(list instanceof HTMLDetailsElement) || !(target instanceof HTMLInputElement)) return;
    fill(list, 'picked', target.labels?.[0]?.querySelector('b')?.textContent ?? '');
    // With the arrow keys one goes through all of them.
    if (target.matches(':focus-visible')) return;
    const focused = list.contains(document.activeElement);
    list.open = false;
    if (focused) list.querySelector('summary')?.focus({ preventScroll: true });
  });
}
