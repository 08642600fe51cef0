// @ts-check
/**
 * What matters most on a page is what people see first: what came with it and calls for them (`data-attention`) is in sight and has the
 * focus. What stands over the page (`data-covers`) is measured, so that nothing one is led to ends up under it.
 */

/** What a field's error is called, after the field. */
const ERROR = '-error';

/** @type {WeakSet<Element>} */
const known = new WeakSet();
const sizes = new ResizeObserver(() => measure());

/** Measure what covers the page, and again whenever it has another size, comes or goes. */
export function keepMeasures() {
  measure();
  addEventListener('resize', measure);
}

/**
 * Whatever calls for somebody on a page, or in a part of it: told, asked at once, or wrong in a form.
 * @param {ParentNode} [within]
 * @returns {HTMLElement | null}
 */
export function whatCalls(within = document) {
  const calls = /** @type {HTMLElement[]} */ ([...within.querySelectorAll('[data-attention]')]);
  return calls.find((each) => each.getClientRects().length) ?? wrongField(within);
}

/**
 * Lead somebody there. What calls is shown from its first line on; what stands last in a thread with what was said before it.
 * @param {HTMLElement} goal
 */
export function leadTo(goal) {
  const error = document.getElementById(goal.id + ERROR);
  const block = goal.dataset.attention === 'last' ? 'end' : 'start';
  goal.focus({ preventScroll: true });
  if (error) error.scrollIntoView({ block: 'center' });
  else goal.scrollIntoView({ block: goal.dataset.attention === undefined ? 'nearest' : block });
}

/**
 * The first field, or group of fields, with an error of its own.
 * @param {ParentNode} within
 */
function wrongField(within) {
  const errors = [...within.querySelectorAll(`[id$="${ERROR}"]`)];
  return errors.map(({ id }) => document.getElementById(id.slice(0, -ERROR.length))).find((field) => field) ?? null;
}

function measure() {
  /** @type {Record<string, number>} */
  const covered = {};
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-covers]'))) {
    // It tells too when something is taken away, and that is when another may stand in its place.
    if (!known.has(each)) sizes.observe(each);
    known.add(each);
    const { position, top, bottom } = getComputedStyle(each);
    // Where the window is low nothing stays over the page.
    const edge = each.dataset.covers ?? '';
    const reach = position === 'sticky' ? each.offsetHeight + (parseFloat(edge === 'below' ? bottom : top) || 0) : 0;
    covered[edge] = Math.max(covered[edge] ?? 0, reach);
  }
  for (const [edge, height] of Object.entries(covered)) document.documentElement.style.setProperty(`--covered-${edge}`, `${height}px`);
}
