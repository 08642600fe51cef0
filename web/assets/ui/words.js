// @ts-check
/** The words that the script says. They stand in the page, in its language: `<template id="words">`. */

/**
 * @param {string} name
 * @param {Record<string, string | number>} [values] What stands in braces.
 */
export function word(name, values = {}) {
  const words = /** @type {HTMLTemplateElement | null} */ (document.getElementById('words'));
  const text = words?.content.querySelector(`[data-word="${name}"]`)?.textContent ?? '';
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
