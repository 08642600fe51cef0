// A client of the live thread on socket.io-client, written from handlers/PROTOCOL.md and from nothing else.
// It is told what to do by lines of JSON on standard input: {"do": …, …}; each is answered by one on standard output.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const { io } = createRequire(new URL('../../.vendor/package.json', import.meta.url))('socket.io-client');

const PATIENCE = 30_000;
const [address] = process.argv.slice(2);

/** Every cookie that was set, by its name. */
const cookies = new Map();

/** The cases that are open: what is known of each, in the order of its numbers. */
const cases = new Map();

/** Everything that was told, by the event's name. */
const told = [];

let socket = null;
let refusedWith = '';
let opened = 0;

class Case {
  /** The newest number, and what came, of the party's feed and of the desk's. */
  n = 0;
  deskN = 0;
  entries = [];
  notes = [];
  gone = false;

  takeEntry(entry) {
    if (entry.n !== this.n + 1) return entry.n <= this.n;
    this.n = entry.n;
    this.entries.push(entry);
    return true;
  }

  takeNote(note) {
    if (note.n !== this.deskN + 1) return note.n <= this.deskN;
    this.deskN = note.n;
    this.notes.push(note);
    return true;
  }
}

// Coming in ----------------------------------------------------------------------------------------------------------

async function fetched(path, options = {}) {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = { ...options.headers, ...(cookie && { cookie }) };
  const answer = await fetch(address + path, { redirect: 'manual', ...options, headers });
  for (const line of answer.headers.getSetCookie()) {
    const [pair] = line.split(';');
    cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  }
  return answer;
}

async function tokenOn(path) {
  const page = await (await fetched(path)).text();
  return /name="csrf" value="([^"]*)"/.exec(page)[1];
}

async function signIn({ person }) {
  const form = new URLSearchParams({ csrf: await tokenOn('/logga-in'), person });
  const answer = await fetched('/logga-in', { method: 'POST', body: form });
  return { status: answer.status };
}

async function api({ method = 'GET', path, body, token }) {
  const headers = { 'content-type': 'application/json', 'x-csrf-token': token ?? (await tokenOn('/tillganglighet')) };
  const answer = await fetched(path, { method, headers, body: body && JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
}

// The socket ---------------------------------------------------------------------------------------------------------

async function connect({ transports = ['websocket', 'polling'] }) {
  const cookie = `__Host-session=${cookies.get('__Host-session') ?? ''}`;
  const extraHeaders = { cookie, 'accept-language': 'en' };
  socket = io(address, { transports, extraHeaders, reconnectionDelay: 50, reconnectionDelayMax: 500 });
  const first = new Promise((resolve) => {
    socket.once('connect', () => resolve({ connected: true }));
    socket.once('connect_error', (problem) => resolve({ connected: false, why: problem.message }));
  });
  socket.on('connect', () => {
    opened += 1;
    // Nothing is kept for a socket that is gone: every case is opened again, from the number that is known.
    for (const id of cases.keys()) void watch({ case: id });
  });
  socket.on('connect_error', (problem) => (refusedWith = problem.message));
  socket.on('entry', (entry) => arrived(entry.case, (known) => known.takeEntry(entry)));
  socket.on('note', (note) => arrived(note.case, (known) => known.takeNote(note)));
  socket.on('gone', ({ case: id }) => (cases.get(id).gone = true));
  socket.onAny((event, data) => told.push({ event, data }));
  return first;
}

function arrived(id, take) {
  const known = cases.get(id);
  if (known && !take(known)) void missed(id);
}

async function ask({ event, data }) {
  try {
    return await socket.timeout(PATIENCE).emitWithAck(event, data);
  } catch {
    return { lost: true };
  }
}

async function watch({ case: id }) {
  const known = cases.get(id) ?? new Case();
  const answer = await ask({ event: 'watch', data: { case: id, after: known.n, desk_after: known.deskN } });
  if (!answer.ok) return answer;
  cases.set(id, known);
  await taken(id, answer.ok);
  return { ok: { head: answer.ok.head } };
}

async function missed(id) {
  const known = cases.get(id);
  const answer = await ask({ event: 'catch_up', data: { case: id, after: known.n, desk_after: known.deskN } });
  if (answer.ok) await taken(id, answer.ok);
}

async function taken(id, page) {
  const known = cases.get(id);
  for (const entry of page.entries) known.takeEntry(entry);
  for (const note of page.notes) known.takeNote(note);
  if (page.entries.length + page.notes.length && (known.n < page.head || known.deskN < page.desk_head)) await missed(id);
}

/** Send it again, with the same content, until there is an answer. */
async function command({ body }) {
  for (;;) {
    const answer = await ask({ event: 'command', data: body });
    if (!answer.lost) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function known({ case: id }) {
  const { entries, notes, gone } = cases.get(id);
  return { entries, notes, gone, opened, transport: socket.io.engine?.transport?.name, connected: socket.connected };
}

// What it is told ----------------------------------------------------------------------------------------------------

const TASKS = {
  signIn,
  api,
  connect,
  watch,
  ask,
  command,
  known,
  told: () => told,
  refused: () => ({ why: refusedWith, connected: socket.connected }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: task, id, ...rest } = JSON.parse(line);
  // Not waited for: one task may have to wait for what another does.
  void Promise.resolve(TASKS[task](rest)).then(
    (answer) => process.stdout.write(`${JSON.stringify({ id, answer })}\n`),
    (problem) => process.stdout.write(`${JSON.stringify({ id, problem: String(problem) })}\n`),
  );
}
process.exit(0);
