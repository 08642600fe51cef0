// What somebody is doing in a part of a page goes on when the part is drawn anew. Needs a page.
import assert from 'node:assert/strict';
import test from 'node:test';
import { replaceParts } from '../../../web/assets/ui/morph.js';

/**
 * Draw a part, let somebody do something in it, and draw it anew.
 * @param {string} before
 * @param {(part: HTMLElement) => void} act
 * @param {string} after
 */
function redrawn(before, act, after) {
  const parse = (/** @type {string} */ inner) => new DOMParser().parseFromString(`<div data-part="tried">${inner}</div>`, 'text/html');
  const part = document.adoptNode(/** @type {HTMLElement} */ (parse(before).querySelector('div')));
  document.body.replaceChildren(part);
  act(part);
  replaceParts(parse(after));
  const now = /** @type {HTMLElement} */ (document.querySelector('[data-part="tried"]'));
  assert.ok(now !== part);
  return now;
}

const chooser = (/** @type {string} */ words, /** @type {string[]} */ ids) =>
  `<p>${words}</p><select id="handler">${ids.map((id) => `<option value="${id}">${id}</option>`).join('')}</select>`;
const chosen = (/** @type {HTMLElement} */ part) => /** @type {HTMLSelectElement} */ (part.querySelector('select')).value;
const folds = (/** @type {string[]} */ names) =>
  names.map((name) => `<details><summary>${name}</summary><form action="/${name}"></form></details>`).join('');

test('what is chosen in a list stays chosen, wherever it stands by then', () => {
  const pick = (/** @type {HTMLElement} */ part) => {
    /** @type {HTMLSelectElement} */ (part.querySelector('select')).value = 'lars';
  };
  assert.equal(chosen(redrawn(chooser('before', ['ada', 'lars']), pick, chooser('after', ['ada', 'bo', 'lars']))), 'lars');
  assert.equal(chosen(redrawn(chooser('before', ['ada', 'lars']), pick, chooser('after', ['ada', 'bo']))), 'ada');
});

test('what is unfolded stays so, though others came before it or went', () => {
  const unfold = (/** @type {HTMLElement} */ part) => {
    /** @type {HTMLDetailsElement} */ (part.querySelector('details:has([action="/leave"])')).open = true;
  };
  const open = (/** @type {HTMLElement} */ part) =>
    [...part.querySelectorAll('details')].filter((each) => each.open).map((each) => each.textContent);
  assert.deepEqual(open(redrawn(folds(['leave', 'refer']), unfold, folds(['add', 'leave', 'refer']))), ['leave']);
  assert.deepEqual(open(redrawn(folds(['add', 'leave', 'refer']), unfold, folds(['leave']))), ['leave']);
  assert.deepEqual(open(redrawn(folds(['add', 'leave']), unfold, folds(['add', 'refer']))), []);
});

test('what is typed stays, with the focus and what is marked of it', () => {
  for (const field of ['<textarea id="said"></textarea>', '<input id="said" type="text">']) {
    const now = redrawn(
      `<p>before</p>${field}`,
      (part) => {
        const typed = /** @type {HTMLTextAreaElement} */ (part.querySelector('#said'));
        typed.value = 'half a sentence';
        typed.focus();
        typed.setSelectionRange(5, 6);
      },
      `<p>after</p>${field}`,
    );
    const typed = /** @type {HTMLTextAreaElement} */ (now.querySelector('#said'));
    assert.equal(typed.value, 'half a sentence');
    assert.equal(document.activeElement, typed);
    assert.deepEqual([typed.selectionStart, typed.selectionEnd], [5, 6]);
  }
});
