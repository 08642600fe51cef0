// @ts-check
/** Sends a file so that it goes on where it was cut off (tus 1.0). The library comes when somebody first chooses a file. */

const PATH = '/filer';
/** After so much the server is heard: a file that it does not take is not sent to its end. */
const PART = 4 * 1024 * 1024;
/** So many tries without a byte of progress: ten minutes without a net. */
const TRIES = 130;
const LONGEST = 5000;
/** So many where somebody answers, but not now: under a minute. */
const TRIES_OF_SERVER = 12;
/** Refusals after which the same part goes again. */
const PASSING = ['wrong_offset', 'wrong_checksum'];

/**
 * @typedef {object} Told What becomes of an upload.
 * @property {(part: number) => void} progress How much is there, from 0 to 1.
 * @property {() => void} waits The net is gone; it goes on by itself.
 * @property {(file: string, upload: string, locked: boolean) => void} done The file has this id, and is asked for at that address until
 *   it is sent. `locked`: nobody can read it without a password or a certificate.
 * @property {(why: string) => void} failed Why not, in plain words; empty when nobody answered.
 * @property {() => void} unreadable The device no longer gives the file out: it was changed, moved, or lies in a cloud.
 */

export class Upload {
  /** @type {import('tus-js-client').Upload | null} */
  #upload = null;
  #stopped = false;
  #unreadable = false;
  #file;
  #about;
  #token;
  #told;

  /**
   * @param {File} file
   * @param {Record<string, string>} about What it is for: a draft, or a message in a case.
   * @param {string} token Of this browser's forms.
   * @param {Told} told
   */
  constructor(file, about, token, told) {
    this.#file = file;
    this.#about = about;
    this.#token = token;
    this.#told = told;
  }

  async start() {
    const vendored = /** @type {unknown} */ (await import('../vendor/tus.js'));
    const { default: tus } = /** @type {{ default: typeof import('tus-js-client') }} */ (vendored);
    if (this.#stopped) return;
    this.#upload = new tus.Upload(this.#file, {
      endpoint: PATH,
      chunkSize: PART,
      fileReader: { openFile: async () => ({ size: this.#file.size, slice: (from, to) => this.#part(from, to), close() {} }) },
      retryDelays: pauses(),
      // Its memory would hold names of files, in a browser that others may use too.
      storeFingerprintForResuming: false,
      metadata: { filename: this.#file.name, ...this.#about },
      headers: { 'X-CSRF-Token': this.#token },
      onProgress: (sent, total) => this.#told.progress(total ? sent / total : 0),
      onShouldRetry: (problem, tries) => this.#again(problem, tries),
      onSuccess: ({ lastResponse: answer }) =>
        this.#told.done(answer.getHeader('Gensvar-File') ?? '', this.#upload?.url ?? '', Boolean(answer.getHeader('Gensvar-File-Locked'))),
      onError: (problem) => this.#unreadable || this.#told.failed(refusalOf(problem).message),
    });
    this.#upload.start();
  }

  /** Stop, and leave nothing behind. */
  async cancel() {
    this.#stopped = true;
    await this.#upload?.abort(true).catch(() => {});
  }

  /**
   * A part is read before it is sent: of a file that the device no longer gives out, browsers say that the net is gone, or nothing.
   * @param {number} from
   * @param {number} to
   */
  async #part(from, to) {
    try {
      return { value: new Blob([await this.#file.slice(from, to).arrayBuffer()]), done: to >= this.#file.size };
    } catch (fault) {
      this.#unreadable = true;
      if (!this.#stopped) this.#told.unreadable();
      void this.cancel();
      throw fault;
    }
  }

  /**
   * @param {unknown} problem
   * @param {number} tries
   */
  #again(problem, tries) {
    const status = answerOf(problem)?.getStatus() ?? 0;
    if (!status) this.#told.waits();
    return status >= 500 ? tries < TRIES_OF_SERVER : status < 400 || PASSING.includes(refusalOf(problem).code);
  }
}

/**
 * Whether the file of an earlier upload is there no more. Nobody knows without an answer: then it may be.
 * @param {string} upload The upload's address.
 */
export async function isGone(upload) {
  const answer = await ask(upload, 'HEAD').catch(() => null);
  return answer?.status === 404;
}

/**
 * Take back a file that came by an earlier upload.
 * @param {string} upload The upload's address.
 * @param {string} token Of this browser's forms.
 */
export async function takeBack(upload, token) {
  await ask(upload, 'DELETE', { 'X-CSRF-Token': token }).catch(() => {});
}

/**
 * @param {string} upload
 * @param {string} method
 * @param {Record<string, string>} [headers]
 */
function ask(upload, method, headers) {
  return fetch(upload, { method, cache: 'no-store', headers: { 'Tus-Resumable': '1.0.0', ...headers } });
}

/** Longer and longer, and never the same for everybody. */
function pauses() {
  return Array.from({ length: TRIES }, (_, n) => Math.min(LONGEST, 200 * 2 ** n) * (0.5 + Math.random() / 2));
}

/**
 * @param {unknown} problem
 * @returns {import('tus-js-client').HttpResponse | null}
 */
function answerOf(problem) {
  return /** @type {import('tus-js-client').DetailedError} */ (problem).originalResponse ?? null;
}

/**
 * @param {unknown} problem
 * @returns {{ code: string, message: string }}
 */
function refusalOf(problem) {
  try {
    return JSON.parse(answerOf(problem)?.getBody() ?? '').error;
  } catch {
    // Nobody answered, or somebody between us and the server did.
    return { code: '', message: '' };
  }
}
