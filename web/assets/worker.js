// @ts-check
/**
 * The service worker: when there is no net it answers with a page that says so. It keeps that page and what the page needs, and
 * nothing else: nothing of a case, no answer of the API, no page that anybody has opened.
 */

/** @typedef {Event & { waitUntil(work: Promise<unknown>): void }} Phase */
/** @typedef {Phase & { request: Request, respondWith(answer: Promise<Response>): void }} Asked */

const PAGE = '/utan-nat';
/** Of its own for each version of the files, as the address of this script is. */
const KEPT = `offline ${location.pathname.split('/')[2]}`;
/** Whoever leaves in a hurry is not shown a page of ours. */
const NEVER = ['/lamna', '/logga-ut'];
/** Whether the last page that somebody went to could not be had. */
let cutOff = false;

addEventListener('install', (event) => /** @type {Phase} */ (event).waitUntil(keep()));
addEventListener('activate', (event) => /** @type {Phase} */ (event).waitUntil(forgetOthers()));
addEventListener('fetch', (event) => answer(/** @type {Asked} */ (event)));

/** @param {Asked} asked */
function answer(asked) {
  const { request } = asked;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || NEVER.includes(pathname)) return;
  if (request.mode === 'navigate') asked.respondWith(page(request));
  else if (cutOff && pathname.startsWith('/assets/')) asked.respondWith(file(request));
}

/** @param {Request} request */
async function page(request) {
  try {
    const found = await fetch(request);
    cutOff = false;
    return found;
  } catch {
    cutOff = true;
    return (await caches.match(PAGE)) ?? Response.error();
  }
}

/** @param {Request} request */
async function file(request) {
  return (await caches.match(request.url)) ?? fetch(request);
}

/** The page, which is the same whoever is signed in, and every file that it names. */
async function keep() {
  const fresh = await fetch(PAGE, { cache: 'no-store' });
  if (!fresh.ok) throw new Error('no page to keep');
  const text = await fresh.clone().text();
  const files = new Set([...text.matchAll(/(?:href|src)="(\/assets\/[^"#]+)/g)].map(([, address = '']) => address));
  const kept = await caches.open(KEPT);
  await kept.addAll([...files]);
  await kept.put(PAGE, fresh);
  await /** @type {any} */ (self).skipWaiting();
}

async function forgetOthers() {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
}
