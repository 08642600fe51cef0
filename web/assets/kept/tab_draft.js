// @ts-check
/**
 * What is written and chosen at questions and not sent, kept as long as this tab: whoever reloads, looks at another page, or is asked
 * something else first, has it again.
 */
import { withoutPersonalNumbers } from '../model/personal_numbers.js';
import { HALFWAY, inTab, keepInTab } from './tab.js';

/** @typedef {{ person: string, question: string, revision: string }} Place Which question of which draft is shown, and to whom. */
/** @typedef {{ person: string, revision: string, fields: [string, string][] }} Kept What stood in the fields, by name; of choices those that were made. */
/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */

const FIELDS = ':is(form[data-halfway], form[data-picker]) :is(input, textarea)';
const OF_THE_PAGE = '[type="hidden"], [type="file"]';

/**
 * Keep what stands in the fields of a question; nothing, if it is what came with the page.
 * @param {Place} place
 * @param {ParentNode} asked
 * @param {boolean} [refused] What came with the page is what was sent, and was not taken.
 */
export function keepHalfway({ person, question, revision }, asked, refused = false) {
  const fields = fieldsOf(asked);
  if (!refused && !fields.some(isChanged)) dropHalfway(question);
  else keepInTab(HALFWAY, { ...all(), [question]: { person, revision, fields: fields.flatMap(said) } });
}

/**
 * Put back what was kept; not over an answer that may have been given elsewhere since.
 * @param {Place} place
 * @param {ParentNode} asked
 * @returns {string | undefined} The unit that was chosen and does not stand on the page.
 */
export function putBackHalfway({ person, question, revision }, asked) {
  const kept = all()[question];
  if (!kept?.fields || draftIn(kept.revision) !== draftIn(revision)) return undefined;
  // Who signs in takes their draft along; one without a number yet could be anybody's.
  if (kept.person !== person && (kept.person || revision.startsWith('ny.'))) return undefined;
  const fields = fieldsOf(asked);
  if (kept.revision !== revision && fields.some(isGiven)) return undefined;
  const unit = kept.fields.find(
    ([name, value]) => name === 'unit' && !fields.some((field) => field.name === name && field.value === value),
  );
  for (const field of fields) {
    const values = kept.fields.flatMap(([name, value]) => (name === field.name ? [value] : []));
    if (!isChoice(field)) field.value = values[0] ?? field.value;
    else if (field.name !== unit?.[0]) field.checked = values.includes(field.value);
  }
  return unit?.[1];
}

/**
 * What was sent has been taken, or is thrown away.
 * @param {string} question
 */
export function dropHalfway(question) {
  const { [question]: _, ...rest } = all();
  keepInTab(HALFWAY, Object.keys(rest).length ? rest : null);
}

/**
 * Whether something stands in the fields that did not come with the page.
 * @param {ParentNode} asked
 */
export function isWritten(asked) {
  return fieldsOf(asked).some(isChanged);
}

/** @param {string} revision `<draft>.<revision>` */
export function draftIn(revision) {
  return revision.split('.')[0] ?? '';
}

/** @returns {Record<string, Kept>} */
function all() {
  return inTab(HALFWAY) ?? {};
}

/**
 * @param {ParentNode} asked
 * @returns {Field[]}
 */
function fieldsOf(asked) {
  return [.../** @type {NodeListOf<Field>} */ (asked.querySelectorAll(FIELDS))].filter((field) => !field.matches(OF_THE_PAGE));
}

/**
 * @param {Field} field
 * @returns {field is HTMLInputElement}
 */
function isChoice(field) {
  return ['radio', 'checkbox'].includes(field.type);
}

/** @param {Field} field */
function isChanged(field) {
  // Where a unit was picked in a list it came to the page with its choice made.
  return isChoice(field) ? field.checked !== field.defaultChecked || field.id === 'unit-picked' : field.value !== field.defaultValue;
}

/** @param {Field} field */
function isGiven(field) {
  return isChoice(field) ? field.defaultChecked : field.defaultValue !== '';
}

/**
 * @param {Field} field
 * @returns {[string, string][]}
 */
function said(field) {
  if (isChoice(field)) return field.checked ? [[field.name, field.value]] : [];
  return [[field.name, withoutPersonalNumbers(field.value)]];
}
