// @ts-check
/** How much of a file has been sent. */
import { announce } from './announcer.js';
import { word } from './words.js';

/**
 * Put a bar in a form; it follows what it is told.
 * @param {HTMLFormElement} form
 * @returns {(part: number) => void}
 */
export function showProgress(form) {
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute('aria-label', word('uploading'));
  form.append(bar);
  announce(word('uploading'));
  return (part) => {
    bar.value = part;
  };
}
