// @ts-check
/**
 * Asks for pages, or parts of pages, as documents. By XMLHttpRequest: it reads a page without turning text into HTML here, which the
 * policy forbids, and it tells how much of a file has been sent.
 */

/** How long an answer may take, on the slowest of lines. Files take as long as they take. */
const AT_MOST = 60_000;

/**
 * @typedef {object} Got
 * @property {number} status
 * @property {string} url Where the answer came from in the end, after redirects.
 * @property {Document} page
 */

/** Nobody could be reached, or only something on the way there that says so in words of its own. */
export class NoAnswer extends Error {}

/**
 * The parts of a page that may have changed. Throws NoAnswer; another Error for an answer that is no page.
 * @param {string} url
 */
export function fetchParts(url) {
  return ask('GET', url, null);
}

/**
 * The same, if they are not what the page shows already; else null. Throws as it does.
 * @param {string} url
 * @param {string} version What the page shows.
 * @returns {Promise<Got | null>}
 */
export async function fetchNewer(url, version) {
  const got = await ask('GET', url, null, undefined, version);
  return got.status === 204 ? null : got;
}

/**
 * Send a form, and get what it leads to. Throws as `fetchParts` does.
 * @param {string} url
 * @param {FormData} fields
 * @param {(part: number) => void} [progress] How much is sent, from 0 to 1.
 */
export function sendForm(url, fields, progress) {
  return ask('POST', url, hasFiles(fields) ? fields : encoded(fields), progress);
}

/**
 * @param {string} method
 * @param {string} url
 * @param {FormData | URLSearchParams | null} body
 * @param {(part: number) => void} [progress]
 * @param {string} [version]
 * @returns {Promise<Got>}
 */
function ask(method, url, body, progress, version) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.responseType = 'document';
    if (!(body instanceof FormData)) request.timeout = AT_MOST;
    request.setRequestHeader('X-Requested-With', 'fragment');
    if (version) request.setRequestHeader('X-Version', version);
    // A newer one is looked for without anybody being here; everything else somebody has asked for.
    if (version === undefined) request.setRequestHeader('X-Used', '1');
    request.upload.onprogress = ({ loaded, total }) => progress?.(total ? loaded / total : 0);
    request.onload = () => {
      // Where there is nothing to read a browser would make a page of that, with a fault in it.
      const page = request.status === 204 ? null : request.response;
      if (page || request.status === 204) resolve({ status: request.status, url: request.responseURL, page });
      else reject(request.status >= 500 ? new NoAnswer() : new Error('not a page'));
    };
    request.onerror = request.onabort = request.ontimeout = () => reject(new NoAnswer());
    request.send(body);
  });
}

/** @param {FormData} fields */
function hasFiles(fields) {
  return [...fields.values()].some((value) => typeof value !== 'string' && value.size > 0);
}

/** @param {FormData} fields */
function encoded(fields) {
  const found = new URLSearchParams();
  for (const [name, value] of fields) if (typeof value === 'string') found.append(name, value);
  return found;
}
