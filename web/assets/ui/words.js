// @ts-check
/** The words that the script says. They stand in the page, in its language: `<template id="words">`. */

/**
 * @param {string} name
 * @param {Record<string, string | number>} [values] What stands in braces; by `n` the form is picked.
 */
export function word(name, values = {}) {
  const words = /** @type {HTMLTemplateElement | null} */ (document.getElementById('words'));
  /** @param {string} name */
  const find = (name) => words?.content.querySelector(`[data-word="${name}"]`)?.textContent;
  const form = typeof values.n === 'number' ? find(`${name}_${new Intl.PluralRules(language()).select(values.n)}`) : null;
  const text = form ?? find(name) ?? '';
  return text.replace(/\{(\w+)\}/g, (all, key) => said(values[key]) ?? all);
}

/** @param {string | number | undefined} value Numbers as people read them. */
function said(value) {
  return typeof value === 'number' ? value.toLocaleString(language()) : value;
}

/** The language of the page. */
export function language() {
  return document.documentElement.lang;
}
