// @ts-check
/** What a live thread is made of, as the server sends it (handlers/thread/pushed_rows.py). Types alone: what a row says is decided there. */

/** @typedef {{ url: string, name: string, kind: 'image' | 'pdf' | '', size: number, preview: [number, number] | null, locked?: boolean }} FileRef */

/**
 * @typedef {object} Row As the page draws it (handlers/view/models.py).
 * @property {'message' | 'note' | 'event'} type
 * @property {number} n
 * @property {string} at
 * @property {string} text
 * @property {boolean} [own]
 * @property {'reporter' | 'care' | 'board'} [side]
 * @property {string} [author]
 * @property {string} [role]
 * @property {string} [client_id]
 * @property {string[]} [to] Of an own one: the kinds of the other parties that got it.
 * @property {FileRef[]} [files]
 * @property {Mark | null} [audience] To whom it was said, where that is not plain.
 * @property {string} [kicker] What it is, if it is more than a message.
 * @property {boolean} [asks] Whether the handling waits for a reply to it.
 * @property {string} [icon]
 * @property {string} [quote]
 * @property {boolean} [answer] Whether it tells that the final answer has come.
 * @property {{ url: string, label: string } | null} [link]
 */

/** @typedef {{ code: string, icon: string, words: string, tone: string }} Mark */

/**
 * @typedef {object} Entry A frame.
 * @property {string} case
 * @property {number} n
 * @property {string} at
 * @property {Row[]} rows
 * @property {boolean} changes Whether what the page says about the case may have changed.
 * @property {Reminders} reminders What staff are reminded of from then on.
 */

/** @typedef {{ unanswered: boolean | null, asks: boolean | null }} Reminders `null` where nothing changes. */

/**
 * @typedef {object} Look Who looks, and in what words to tell them.
 * @property {boolean} staff
 * @property {string} language
 * @property {(word: string, values?: Record<string, string | number>) => string} say
 */

export {};
