// What the tests use of Node's `node:assert/strict`, for a browser.
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function demand(holds, one, other) {
  if (!holds) throw new Error(`${JSON.stringify(one)} is not ${JSON.stringify(other)}`);
}

export default {
  ok: (one) => demand(Boolean(one), one, true),
  equal: (one, other) => demand(Object.is(one, other), one, other),
  deepEqual: (one, other) => demand(same(one, other), one, other),
};
