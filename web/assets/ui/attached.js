// @ts-check
/** The files that have come for a form: hidden fields, which go along with it however it is sent. */

/** @typedef {{ id: string, name: string, upload?: string, locked?: boolean }} Attached A file that has come, and where its upload can be asked for. */

/**
 * A field that names a file.
 * @param {Attached} file
 */
export function attachedField({ id, name, upload, locked }) {
  const field = document.createElement('input');
  Object.assign(field, { type: 'hidden', name: 'attached', value: id });
  Object.assign(field.dataset, { name, ...(upload && { upload }), ...(locked && { locked: '' }) });
  return field;
}

/**
 * @param {HTMLFormElement} form
 * @returns {HTMLInputElement[]}
 */
export function attachedFields(form) {
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll('input[name="attached"]'))];
}

/**
 * @param {HTMLFormElement} form
 * @returns {Attached[]}
 */
export function attachedTo(form) {
  return attachedFields(form).map(({ value, dataset: { name = '', upload, locked } }) => ({
    id: value,
    name,
    ...(upload && { upload }),
    ...(locked !== undefined && { locked: true }),
  }));
}
