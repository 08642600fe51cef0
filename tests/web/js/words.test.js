// @ts-check
/** A sentence with a number has the form that the language of the page has for it. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { word } from '../../../web/assets/ui/words.js';

/** @param {string} lang @param {Record<string, string>} words */
function page(lang, words) {
  document.documentElement.lang = lang;
  const template = document.createElement('template');
  template.id = 'words';
  for (const [name, text] of Object.entries(words)) {
    const said = document.createElement('p');
    said.dataset.word = name;
    said.textContent = text;
    template.content.append(said);
  }
  document.body.replaceChildren(template);
}

const SWEDISH = { new_one: '{n} nytt', new_other: '{n} nya', late: 'Sedan {day}', many: '{n} i taget' };
const ARABIC = Object.fromEntries(['zero', 'one', 'two', 'few', 'many', 'other'].map((form) => [`new_${form}`, form]));

test('one and many, and a number as people read it', () => {
  page('sv', SWEDISH);
  assert.deepEqual(
    [0, 1, 2, 1200].map((n) => word('new', { n })),
    ['0 nya', '1 nytt', '2 nya', '1\u00a0200 nya'],
  );
});

test('six forms where a language has six', () => {
  page('ar', ARABIC);
  const said = [0, 1, 2, 3, 11, 100].map((n) => word('new', { n }));
  assert.deepEqual(said, ['zero', 'one', 'two', 'few', 'many', 'other']);
});

test('a sentence without forms is said as it stands, and one that there is not is empty', () => {
  page('sv', SWEDISH);
  assert.equal(word('late', { day: 'i går' }), 'Sedan i går');
  assert.equal(word('many', { n: 2 }), '2 i taget');
  assert.equal(word('nothing', { n: 2 }), '');
});
