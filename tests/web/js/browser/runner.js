// What the tests use of Node's `node:test`, for a browser.
const running = [];

export default function test(name, run) {
  running.push(outcome(name, run));
}

/** Every test, with what was wrong. */
export const results = () => Promise.all(running);

async function outcome(name, run) {
  try {
    await run();
    return { name, fault: '' };
  } catch (fault) {
    return { name, fault: String(fault?.stack ?? fault) };
  }
}
