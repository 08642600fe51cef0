import assert from 'node:assert/strict';
import test from 'node:test';
import { aged, DAYS } from '../../../web/assets/model/aging.js';

/**
 * What is left of a draft after these days.
 * @param {string[]} days
 */
const after = (days) =>
  days.reduce((draft, day) => draft && aged(draft, day), /** @type {{ day?: string, days?: number } | null} */ ({ day: 'day 0' }));

test('a clock that jumps, once or there and back, throws no draft away', () => {
  assert.ok(after(['day 4000']));
  assert.ok(after(['day 4000', 'day 0', 'day 4000', 'day 1']));
});

test('a draft in which nothing was written for so many days of use goes', () => {
  const days = Array.from({ length: DAYS + 1 }, (_, n) => `day ${n + 1}`);
  assert.ok(after(days.slice(0, DAYS)));
  assert.equal(after(days), null);
});

test('a day counts once, however often the page is opened', () => {
  assert.deepEqual(after(Array.from({ length: 100 }, () => 'day 1')), { day: 'day 1', days: 1 });
});
