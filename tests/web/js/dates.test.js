import assert from 'node:assert/strict';
import test from 'node:test';
import { clock, dayAndMonth, dayOf, dayWords } from '../../../web/assets/model/dates.js';

const EVENING = new Date('2026-10-28T23:30:00Z');

test('it is the time of Sweden wherever the browser is', () => {
  assert.equal(clock(EVENING, 'sv'), '00.30');
  assert.equal(clock(EVENING, 'en'), '00:30');
  assert.equal(dayOf(EVENING), '2026-10-29');
});

test('a day is written as on the page', () => {
  assert.equal(dayWords(EVENING, 'sv', new Date('2026-11-01T12:00:00Z')), 'Torsdag 29 oktober');
  assert.equal(dayWords(EVENING, 'en', new Date('2026-11-01T12:00:00Z')), 'Thursday 29 October');
});

test('a day of another year says which, by the years of Sweden', () => {
  assert.equal(dayWords(EVENING, 'sv', new Date('2027-06-01T12:00:00Z')), 'Torsdag 29 oktober 2026');
  assert.equal(dayWords(EVENING, 'en', new Date('2027-06-01T12:00:00Z')), 'Thursday 29 October 2026');
  assert.equal(dayWords(EVENING, 'sv', new Date('2026-12-31T22:59:00Z')), 'Torsdag 29 oktober');
  assert.equal(dayWords(EVENING, 'sv', new Date('2026-12-31T23:01:00Z')), 'Torsdag 29 oktober 2026');
});

test('the year is told when it is another', () => {
  assert.equal(dayAndMonth(EVENING, 'sv', new Date('2026-11-01T12:00:00Z')), '29 oktober');
  assert.equal(dayAndMonth(EVENING, 'sv', new Date('2027-01-01T12:00:00Z')), '29 oktober 2026');
});
