// @ts-check
/** Commands over the socket, each until it is acknowledged or refused. */
import { Lost, Refused } from './connection.js';

/** Refusals that say "not at this moment": the same command may be taken a little later. */
export const PASSING = ['busy', 'not_kept', 'not_read', 'too_often'];
const TRIES = 5;

/**
 * Carry out a command; the numbers that its entries have in the own feed. The same client id again is harmless, so what was
 * lost on the way is simply sent once more. Throws Refused, or Lost when the connection is gone. The connection says `urgent` where
 * its writer should be shown where to call for help.
 * @param {import('./connection.js').Connection} connection
 * @param {Record<string, unknown> & { command: string, case: string, client_id: string }} command
 * @returns {Promise<number[]>}
 */
export async function carryOut(connection, command) {
  for (let tries = 1; ; tries += 1) {
    try {
      const done = await connection.request('command', command);
      if (done.urgent) connection.dispatchEvent(new Event('urgent'));
      return done.n;
    } catch (problem) {
      const passes = problem instanceof Refused && PASSING.includes(problem.code);
      if (!passes) throw problem;
      if (tries === TRIES) throw new Lost();
      await pause(tries);
    }
  }
}

/**
 * Longer each time, and never the same for everybody.
 * @param {number} tries
 */
function pause(tries) {
  return new Promise((go) => setTimeout(go, 200 * 2 ** tries * (0.5 + Math.random())));
}
