// @ts-check
/** The page for those without a net: says how much waits to be sent, and goes away by itself when we can be reached again. */
import { howManyUnsent } from '../kept/wipe.js';

const EVERY = 10_000;

tell();
addEventListener('online', () => location.reload());
setInterval(look, EVERY);

async function tell() {
  const line = document.querySelector('[data-waiting]');
  const number = line?.querySelector('b');
  const waiting = await howManyUnsent();
  if (!(line instanceof HTMLElement) || !number || !waiting) return;
  number.textContent = String(waiting);
  line.hidden = false;
}

async function look() {
  if (document.visibilityState !== 'visible') return;
  const { ok } = await fetch('/utan-nat', { method: 'HEAD', cache: 'no-store' }).catch(() => ({ ok: false }));
  if (ok) location.reload();
}
