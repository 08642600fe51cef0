// @ts-check
/**
 * A party's feed is numbered without gaps. What arrives twice is left out; what arrives too early waits for what is before it.
 */

/**
 * @template {{ n: number }} Entry
 * @typedef {object} Feed
 * @property {number} head The newest number taken.
 * @property {ReadonlyMap<number, Entry>} held What came too early.
 */

/**
 * A feed of which everything up to `head` is known.
 * @template {{ n: number }} Entry
 * @param {number} head
 * @returns {Feed<Entry>}
 */
export function upTo(head) {
  return { head, held: new Map() };
}

/**
 * The feed with what has arrived, and the entries that are now next, in order.
 * @template {{ n: number }} Entry
 * @param {Feed<Entry>} feed
 * @param {readonly Entry[]} arrived
 * @returns {{ feed: Feed<Entry>, ready: Entry[] }}
 */
export function take(feed, arrived) {
  const held = new Map(feed.held);
  for (const entry of arrived) if (entry.n > feed.head) held.set(entry.n, entry);
  const ready = [];
  let head = feed.head;
  for (let next = held.get(head + 1); next; next = held.get(head + 1)) {
    ready.push(next);
    head += 1;
    held.delete(head);
  }
  return { feed: { head, held }, ready };
}

/**
 * Two feeds as one. Each keeps the order of its numbers, whatever a clock has said; only between the two the moments decide;
 * what was noted of a thing at the same moment comes before it.
 * @template {{ at: string }} Entry
 * @param {readonly Entry[]} shared
 * @param {readonly Entry[]} internal
 * @returns {{ entry: Entry, internal: boolean }[]}
 */
export function together(shared, internal) {
  const entries = shared.map((entry) => ({ entry, internal: false }));
  const notes = internal.map((entry) => ({ entry, internal: true }));
  const both = [];
  for (let [entry] = entries, [note] = notes; entry && note; [entry] = entries, [note] = notes) {
    const earlier = Date.parse(note.entry.at) <= Date.parse(entry.entry.at) ? notes : entries;
    both.push(...earlier.splice(0, 1));
  }
  return [...both, ...entries, ...notes];
}

/**
 * Whether something is missing between what was taken and what came too early.
 * @param {Feed<{ n: number }>} feed
 */
export function misses(feed) {
  return feed.held.size > 0;
}
