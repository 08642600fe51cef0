import assert from 'node:assert/strict';
import test from 'node:test';
import {
  acknowledged,
  again,
  asSeen,
  inTalk,
  LATE,
  nextMoment,
  refused,
  seenBy,
  shownIn,
  TALK,
  toSend,
  WAITS_FOR,
  written,
} from '../../../web/assets/model/outgoing.js';

/** @param {Partial<Parameters<typeof written>[0]>} [what] */
const message = (what = {}) =>
  written({ client_id: 'a-client-id', person: 'anna', case: 'c1', command: 'post_message', text: 'Hej', at: 1000, ...what });

test('what is written waits until the server has it', () => {
  const one = message();
  assert.equal(one.state, 'pending');
  assert.equal(acknowledged(one).state, 'sent');
  assert.equal(acknowledged(one).client_id, one.client_id);
});

test('what was refused says why, and can be tried once more with the same id', () => {
  const failed = refused(message(), 'Ärendet är avslutat.');
  assert.deepEqual([failed.state, failed.reason], ['failed', 'Ärendet är avslutat.']);
  assert.deepEqual(again(failed, 7), message());
});

test('a reply that is tried once more says what its writer has seen by now', () => {
  assert.equal(again(refused(message({ seen: 5 }), 'Något nytt har kommit.'), 7).seen, 7);
});

test('words that cross in a talk pass; what waited for long is told as seen by whoever wrote it then', () => {
  const one = message({ seen: 5, at: 1000 });
  assert.deepEqual(seenBy(one, 7, 1000 + TALK - 1), { seen: 7 });
  assert.deepEqual(seenBy(one, 7, 1000 + TALK), { seen: 5 });
  assert.deepEqual(seenBy(one, undefined, 1000), { seen: 5 });
  assert.deepEqual(seenBy(one, 3, 1000), { seen: 5 });
  assert.deepEqual(seenBy(message(), 7, 1000), {});
  assert.deepEqual([inTalk(one, 1000 + TALK - 1), inTalk(one, 1000 + TALK), inTalk(one, 999)], [true, false, false]);
});

test('what is written later counts as later, whatever the clock says', () => {
  const all = [message({ at: 5000 }), message({ at: 9000, person: 'bo' })];
  assert.equal(nextMoment(all, 'anna', 7000), 7000);
  assert.equal(nextMoment(all, 'anna', 5000), 5001);
  assert.equal(nextMoment(all, 'anna', 100), 5001);
  assert.equal(nextMoment([], 'anna', 100), 100);
});

test('only what a person wrote is sent for that person, the oldest first', () => {
  const all = [
    message({ client_id: 'late', at: 3 }),
    message({ client_id: 'early', at: 2 }),
    message({ client_id: 'other', person: 'bo' }),
  ];
  all.push(refused(message({ client_id: 'refused' }), 'Nej'), acknowledged(message({ client_id: 'sent' })));
  assert.deepEqual(
    toSend(all, 'anna', 4).map((one) => one.client_id),
    ['early', 'late'],
  );
});

test('a page shows what its person wrote in its case, and nothing else', () => {
  const all = [
    message({ client_id: 'here' }),
    message({ client_id: 'elsewhere', case: 'c2' }),
    message({ client_id: 'other', person: 'bo' }),
  ];
  assert.deepEqual(
    shownIn(all, 'anna', 'c1').map((one) => one.client_id),
    ['here'],
  );
});

test('what has waited for a week by the clock is neither sent nor said to be on its way: its writer is asked', () => {
  const all = [message({ at: 1000 })];
  const [one] = all;
  assert.ok(one);
  for (const now of [-1e12, 0, 1000, 1000 + WAITS_FOR]) assert.deepEqual([toSend(all, 'anna', now), asSeen(one, now)], [all, one]);
  for (const now of [1001 + WAITS_FOR, 1e13]) {
    assert.deepEqual(toSend(all, 'anna', now), []);
    assert.deepEqual([asSeen(one, now).state, asSeen(one, now).code], ['failed', LATE]);
  }
});

test('what was refused keeps its reason however long it waits', () => {
  const failed = refused(message(), 'Ärendet är avslutat.');
  assert.equal(asSeen(failed, 1e13), failed);
});

test('what was refused because everyone would read it can be told from the rest', () => {
  assert.equal(refused(message(), 'Bara till några.', 'asks_wider').code, 'asks_wider');
});
