import assert from 'node:assert/strict';
import test from 'node:test';
import { withoutPersonalNumbers } from '../../../web/assets/model/personal_numbers.js';

test('a personal number is left out however it is written, and nothing else is', () => {
  for (const number of [
    '191212121212',
    '19121212-1212',
    '121212-1212',
    '121212+1212',
    '1212121212',
    '121212 1212',
    '121212–1212',
    '19701063-2391',
    '701063-2391',
    '121212-1213',
    '0001010107',
  ]) {
    assert.equal(withoutPersonalNumbers(`Hon heter Mona, ${number}.`), 'Hon heter Mona, ….', number);
  }
});

test('dates, telephone numbers and what does not add up stay', () => {
  for (const text of ['2026-11-21', '070-174 06 05', '0701740605', '0312101234', '1234567890123', 'RM 2026-00012']) {
    assert.equal(withoutPersonalNumbers(text), text);
  }
});
