import assert from 'node:assert/strict';
import test from 'node:test';
import { stillHere } from '../../../web/assets/live/keepalive.js';

test('the server hears of whoever writes every three minutes, not at every key', () => {
  const { now } = Date;
  const { fetch } = globalThis;
  /** @type {unknown[]} */
  const asked = [];
  let moment = now();
  Date.now = () => moment;
  globalThis.fetch = async (address) => {
    asked.push(address);
    return new Response();
  };
  for (let second = 0; second <= 7 * 60; second += 1, moment += 1000) stillHere();
  Date.now = now;
  globalThis.fetch = fetch;
  assert.deepEqual(asked, ['/har', '/har']);
});
