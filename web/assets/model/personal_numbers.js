// @ts-check
/** Personal numbers in what somebody writes: a browser keeps none of them, on a shared computer least of all. */

/** Year, month, day (of a co-ordination number 60 more) and four figures, as people write them. */
const LIKE_ONE = /(?<!\d)(?:\d{2})?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01])[-+\u2010-\u2015 ]?\d{4}(?!\d)/g;
/** What stands in its place, for whoever wrote it to fill in again. */
const LEFT_OUT = '…';

/** @param {string} text */
export function withoutPersonalNumbers(text) {
  return text.replace(LIKE_ONE, (found) => (isLikelyPhone(found) ? found : LEFT_OUT));
}

/**
 * Telephone numbers may look the same. A slip of the finger in the last figure makes none of any other.
 * @param {string} found
 */
function isLikelyPhone(found) {
  return /^0\d{9}$/.test(found) && !addsUp(found);
}

/**
 * Whether the last figure follows from the others, as it does in every personal number.
 * @param {string} figures
 */
function addsUp(figures) {
  const sum = [...figures].reduce((all, figure, i) => {
    const part = Number(figure) * (i % 2 ? 1 : 2);
    return all + (part > 9 ? part - 9 : part);
  }, 0);
  return sum % 10 === 0;
}
