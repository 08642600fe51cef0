import assert from 'node:assert/strict';
import test from 'node:test';
import { footOf } from '../../../web/assets/model/read_by.js';

/** Words stand for themselves. */
const say = (/** @type {string} */ word, values = {}) => [word, ...Object.values(values)].join(' ');
const CITIZEN = { staff: false, language: 'sv', say };
const STAFF = { staff: true, language: 'sv', say };

test('only the newest of what was read says when', () => {
  const marks = [{ n: 5, at: '2026-11-21T09:00:00Z', kind: 'reporter', name: 'Anna' }];
  const now = new Date('2026-11-22T09:00:00Z');
  const foot = (/** @type {number} */ n) => footOf({ n, to: ['reporter'] }, marks, CITIZEN, now);
  assert.equal(foot(6), '');
  assert.equal(foot(5), 'read_by Anna 21 november');
  assert.equal(foot(4), 'read_by Anna');
});

test('everybody is named who has read it, in the order they did, and only who it was for', () => {
  const care = { n: 5, at: '2026-11-21T09:00:00Z', kind: 'provider', name: 'Ekbacken' };
  const board = { n: 6, at: '2026-11-21T08:00:00+01:00', kind: 'board', name: 'Nämnden' };
  const now = new Date('2026-11-22T09:00:00Z');
  for (const marks of [
    [care, board],
    [board, care],
  ]) {
    assert.equal(footOf({ n: 4, to: ['provider', 'board'] }, marks, CITIZEN, now), 'read_by Nämnden, Ekbacken');
    assert.equal(footOf({ n: 4, to: ['provider'] }, marks, CITIZEN, now), 'read_by Ekbacken');
    assert.equal(footOf({ n: 6, to: ['provider'] }, marks, CITIZEN, now), '');
  }
});

test('the one whom the case is about is named before any authority', () => {
  const board = { n: 6, at: '2026-11-20T08:00:00Z', kind: 'board', name: 'Nämnden' };
  const anna = { n: 5, at: '2026-11-21T09:00:00Z', kind: 'reporter', name: 'Anna' };
  const foot = footOf({ n: 5, to: ['reporter', 'board'] }, [board, anna], STAFF, new Date('2026-11-22T09:00:00Z'));
  assert.equal(foot, 'read_by Anna 21 november, Nämnden');
});
