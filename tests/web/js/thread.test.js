import assert from 'node:assert/strict';
import test from 'node:test';
import { changesCase, footOf, reminders, rowsOf } from '../../../web/assets/model/thread.js';

/** Words stand for themselves. */
const say = (/** @type {string} */ word, values = {}) => [word, ...Object.values(values)].join(' ');
const CITIZEN = { staff: false, language: 'sv', say };
const STAFF = { staff: true, language: 'sv', say };
const ANNA = { kind: 'reporter', own: false, name: 'Anna Provlind', unit_name: '' };
const KARIN = { kind: 'provider', own: false, name: null, unit_name: 'Ekbackens vårdcentral' };

/** @param {Record<string, any> & { kind: string }} event */
const entry = (event, by = ANNA, more = {}) => ({
  case: 'c1', n: 7, id: 'e7', at: '2026-11-21T09:00:00Z', by, event, sentence: 'Det här hände.', client_id: null, to: [], ...more,
});

test('a message is drawn with who said it', () => {
  const [row] = rowsOf(entry({ kind: 'message_posted', text: 'Hej' }, KARIN), CITIZEN);
  assert.deepEqual([row.type, row.n, row.text, row.author, row.role, row.side], ['message', 7, 'Hej', 'Ekbackens vårdcentral', 'role_provider', 'care']);
});

test('staff see the name of the one who wrote the case, and of a colleague', () => {
  assert.equal(rowsOf(entry({ kind: 'message_posted', text: 'Hej' }), STAFF)[0].author, 'Anna Provlind');
  const [row] = rowsOf(entry({ kind: 'message_posted', text: 'Hej' }, { ...KARIN, own: true, name: 'Karin Handlund' }), STAFF);
  assert.deepEqual([row.author, row.role, row.own], ['Karin Handlund', 'Ekbackens vårdcentral', true]);
});

test('a citizen is "you" to herself', () => {
  const [row] = rowsOf(entry({ kind: 'message_posted', text: 'Hej' }, { ...ANNA, own: true }, { client_id: 'x' }), CITIZEN);
  assert.deepEqual([row.author, row.own, row.clientId], ['you', true, 'x']);
});

test('a board has its own colour and its own words', () => {
  const [row] = rowsOf(entry({ kind: 'message_posted', text: 'Hej' }, { ...KARIN, kind: 'board' }), CITIZEN);
  assert.deepEqual([row.side, row.role], ['board', 'role_board']);
});

test('a question asks, a note is a note', () => {
  assert.equal(rowsOf(entry({ kind: 'message_posted', text: 'När?', waits: true }, KARIN), CITIZEN)[0].asks, true);
  assert.equal(rowsOf(entry({ kind: 'note_written', text: 'Ring' }, KARIN), STAFF)[0].type, 'note');
});

test('what happened is told in the sentence of the server, with the reason as a quote', () => {
  const [row] = rowsOf(entry({ kind: 'case_withdrawn', reason: 'Det ordnade sig.' }), STAFF);
  assert.deepEqual([row.type, row.text, row.quote, row.icon], ['event', 'Det här hände.', 'Det ordnade sig.', 'undo']);
});

test('an event that this page does not know is still told', () => {
  assert.deepEqual(rowsOf(entry({ kind: 'something_new' }), CITIZEN).map((row) => [row.text, row.icon]), [['Det här hände.', 'info']]);
});

test('the final answer: citizens get word of it, staff its text', () => {
  const answer = { kind: 'case_answered', explanation: 'Så här var det.', measures: [{ text: 'Ny rutin.', responsible: 'Chefen', due: '2026-12-01' }], no_measures: '', regret: 'Vi beklagar.' };
  assert.deepEqual(rowsOf(entry(answer, KARIN), CITIZEN).map((row) => [row.answer, row.text]), [[true, 'answer_came']]);
  const [told, letter] = rowsOf(entry(answer, { ...KARIN, own: true }), STAFF);
  assert.equal(told.text, 'answer_sent');
  assert.equal(rowsOf(entry(answer, { ...KARIN, kind: 'board' }), STAFF)[0].text, 'Det här hände.');
  assert.equal(letter.text, 'happened\nSå här var det.\n\ndoes\n– Ny rutin.\ndue 1 december responsible Chefen\n\nregrets\nVi beklagar.');
});

test('a plain message changes nothing but the thread; a question and a reply to it do', () => {
  assert.equal(changesCase(entry({ kind: 'message_posted', text: '' })), false);
  assert.equal(changesCase(entry({ kind: 'message_posted', text: '', waits: true })), true);
  assert.equal(changesCase(entry({ kind: 'message_posted', text: '', resumes: ['r1'] })), true);
  assert.equal(changesCase(entry({ kind: 'note_written', text: '' })), false);
  assert.equal(changesCase(entry({ kind: 'case_forwarded' })), true);
});

test('a message tells who it is for, and a statement what it is', () => {
  const [said] = rowsOf(entry({ kind: 'message_posted', text: 'Bara ni.', audience: 'citizen_board' }), STAFF);
  assert.deepEqual([said.audience, said.kicker], ['citizen_board', '']);
  const [plain] = rowsOf(entry({ kind: 'message_posted', text: 'Alla.' }), STAFF);
  assert.equal(plain.audience, 'all');
  const [given] = rowsOf(entry({ kind: 'statement_given', text: 'Så här var det.', files: [] }, KARIN), STAFF);
  assert.deepEqual([given.type, given.text, given.audience, given.kicker], ['message', 'Så här var det.', 'unit_board', 'Det här hände.']);
  const [released] = rowsOf(entry({ kind: 'statement_released', text: 'Så här var det.', files: [] }, KARIN), CITIZEN);
  assert.equal(released.audience, 'all');
  assert.deepEqual(rowsOf(entry({ kind: 'answer_extended', text: 'En sak till.' }, KARIN), CITIZEN).map((row) => row.text), ['En sak till.']);
});

test('whatever happens between three parties has the page drawn anew', () => {
  for (const kind of ['consent_asked', 'consent_given', 'consent_withdrawn', 'case_shared', 'authority_left', 'statement_asked', 'statement_given']) {
    assert.equal(changesCase(entry({ kind, text: '' })), true);
  }
});

test('staff are reminded of what waits for whom', () => {
  assert.deepEqual(reminders(entry({ kind: 'message_posted', text: '', audience: 'citizen_board' })), { unanswered: true, asks: null });
  assert.deepEqual(reminders(entry({ kind: 'message_posted', text: '' })), { unanswered: true, asks: false });
  assert.deepEqual(reminders(entry({ kind: 'message_posted', text: '' }, KARIN)), { unanswered: false, asks: null });
  assert.deepEqual(reminders(entry({ kind: 'message_posted', text: '', waits: true }, KARIN)), { unanswered: false, asks: true });
  assert.deepEqual(reminders(entry({ kind: 'case_answered' }, KARIN)), { unanswered: false, asks: false });
  assert.deepEqual(reminders(entry({ kind: 'note_written', text: '' }, KARIN)), { unanswered: null, asks: null });
});

test('only the newest of what was read says when', () => {
  const marks = [{ n: 5, at: '2026-11-21T09:00:00Z', kind: 'reporter', name: 'Anna' }];
  const now = new Date('2026-11-22T09:00:00Z');
  const foot = (/** @type {number} */ n) => footOf({ n, to: ['reporter'] }, marks, CITIZEN, now);
  assert.equal(foot(6), '');
  assert.equal(foot(5), 'read_by Anna 21 november');
  assert.equal(foot(4), 'read_by Anna');
});

test('everybody is named who has read it, in the order they did, and only who it was for', () => {
  const care = { n: 5, at: '2026-11-21T09:00:00Z', kind: 'provider', name: 'Ekbacken' };
  const board = { n: 6, at: '2026-11-21T08:00:00+01:00', kind: 'board', name: 'Nämnden' };
  const now = new Date('2026-11-22T09:00:00Z');
  for (const marks of [[care, board], [board, care]]) {
    assert.equal(footOf({ n: 4, to: ['provider', 'board'] }, marks, CITIZEN, now), 'read_by Nämnden, Ekbacken');
    assert.equal(footOf({ n: 4, to: ['provider'] }, marks, CITIZEN, now), 'read_by Ekbacken');
    assert.equal(footOf({ n: 6, to: ['provider'] }, marks, CITIZEN, now), '');
  }
});

test('the one whom the case is about is named before any authority', () => {
  const board = { n: 6, at: '2026-11-20T08:00:00Z', kind: 'board', name: 'Nämnden' };
  const anna = { n: 5, at: '2026-11-21T09:00:00Z', kind: 'reporter', name: 'Anna' };
  const foot = footOf({ n: 5, to: ['reporter', 'board'] }, [board, anna], STAFF, new Date('2026-11-22T09:00:00Z'));
  assert.equal(foot, 'read_by Anna 21 november, Nämnden');
});

test('why the board shows what was agreed to stands with it, and without a reason nothing does', () => {
  assert.equal(rowsOf(entry({ kind: 'case_shared', reason: 'De kan svara dig.' }, KARIN), CITIZEN)[0].quote, 'De kan svara dig.');
  assert.equal(rowsOf(entry({ kind: 'case_shared' }, KARIN), CITIZEN)[0].quote, '');
});

test('a line leads to the same places as on the page, and only the one who filed the case is led', () => {
  const consent = entry({ kind: 'consent_given' });
  assert.deepEqual(rowsOf(consent, CITIZEN)[0].link, { path: '/samtycke', label: 'show_or_change' });
  assert.equal(rowsOf(consent, STAFF)[0].link, null);
  assert.deepEqual(rowsOf(entry({ kind: 'sharing_agreed' }), CITIZEN)[0].link, { path: '/samtycke', label: 'show_or_change' });
  assert.deepEqual(rowsOf(entry({ kind: 'case_answered' }, KARIN), CITIZEN)[0].link, { path: '/svar?fran=7', label: 'read_answer' });
  assert.equal(rowsOf(entry({ kind: 'case_taken' }, KARIN), CITIZEN)[0].link, null);
});
