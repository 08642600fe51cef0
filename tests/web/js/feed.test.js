import assert from 'node:assert/strict';
import test from 'node:test';
import { misses, take, together, upTo } from '../../../web/assets/model/feed.js';

/** @param {number[]} numbers */
const entries = (...numbers) => numbers.map((n) => ({ n }));
/** @param {{ n: number }[]} ready */
const numbers = (ready) => ready.map(({ n }) => n);

test('what is next is taken, in order', () => {
  const { feed, ready } = take(upTo(3), entries(4, 5));
  assert.deepEqual(numbers(ready), [4, 5]);
  assert.equal(feed.head, 5);
  assert.equal(misses(feed), false);
});

test('what was seen before is left out', () => {
  assert.deepEqual(take(upTo(3), entries(1, 2, 3)).ready, []);
});

test('what comes too early waits for what is before it', () => {
  const early = take(upTo(3), entries(6, 5));
  assert.deepEqual(early.ready, []);
  assert.equal(misses(early.feed), true);
  const whole = take(early.feed, entries(4));
  assert.deepEqual(numbers(whole.ready), [4, 5, 6]);
  assert.equal(misses(whole.feed), false);
});

test('in whatever order and however often entries come, each is taken once and in order', () => {
  let chance = 7;
  const next = () => (chance = (chance * 16807) % 2147483647);
  for (let round = 0; round < 200; round += 1) {
    let feed = upTo(0);
    const taken = [];
    const coming = [...entries(...Array(20).keys()).map(({ n }) => ({ n: n + 1 })), ...entries(3, 7, 7, 20)];
    coming.sort(() => next() - 1073741823);
    while (coming.length) {
      const step = take(feed, coming.splice(0, 1 + (next() % 4)));
      feed = step.feed;
      taken.push(...numbers(step.ready));
    }
    assert.deepEqual(
      taken,
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
    assert.equal(misses(feed), false);
  }
});

/** @param {[number, number][]} rows Numbers with the minute of each. */
const at = (...rows) => rows.map(([n, minute]) => ({ n, at: new Date(Date.UTC(2026, 10, 21, 9, minute)).toISOString() }));
/** @param {{ entry: { n: number }, internal: boolean }[]} both */
const named = (both) => both.map(({ entry, internal }) => `${internal ? 'note' : 'entry'} ${entry.n}`);

test('two feeds are one by their moments, and each keeps its own order whatever the clock has said', () => {
  assert.deepEqual(named(together(at([1, 0], [2, 2]), at([1, 1]))), ['entry 1', 'note 1', 'entry 2']);
  assert.deepEqual(named(together(at([3, 5], [4, 3]), [])), ['entry 3', 'entry 4']);
  assert.deepEqual(named(together(at([3, 5], [4, 3]), at([1, 6], [2, 4]))), ['entry 3', 'entry 4', 'note 1', 'note 2']);
});
