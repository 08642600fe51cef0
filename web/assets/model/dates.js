// @ts-check
/** Days and times as the pages write them (server/web/dates.py), in Sweden's time wherever the browser is. */

const SWEDEN = 'Europe/Stockholm';

/**
 * `14.36` in Swedish, `14:36` in English.
 * @param {Date} at
 * @param {string} language
 */
export function clock(at, language) {
  const { hour, minute } = parts(at, 'en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return language === 'sv' ? `${hour}.${minute}` : `${hour}:${minute}`;
}

/**
 * The day it is in Sweden, `2026-11-20`.
 * @param {Date} at
 */
export function dayOf(at) {
  const { year, month, day } = parts(at, 'en-GB', { year: 'numeric', month: '2-digit', day: '2-digit' });
  return `${year}-${month}-${day}`;
}

/**
 * `Onsdag 28 oktober`; with the year when it is another.
 * @param {Date} at
 * @param {string} language
 * @param {Date} now
 */
export function dayWords(at, language, now) {
  const { weekday = '' } = parts(at, tag(language), { weekday: 'long' });
  return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)} ${dayAndMonth(at, language, now)}`;
}

/**
 * `28 oktober`; with the year when it is another.
 * @param {Date} at
 * @param {string} language
 * @param {Date} now
 */
export function dayAndMonth(at, language, now) {
  const { day, month, year } = parts(at, tag(language), { day: 'numeric', month: 'long', year: 'numeric' });
  return dayOf(at).slice(0, 4) === dayOf(now).slice(0, 4) ? `${day} ${month}` : `${day} ${month} ${year}`;
}

/** @param {string} language */
function tag(language) {
  return language === 'sv' ? 'sv-SE' : 'en-GB';
}

/**
 * @param {Date} at
 * @param {string} locale
 * @param {Intl.DateTimeFormatOptions} options
 * @returns {Record<string, string>}
 */
function parts(at, locale, options) {
  const found = new Intl.DateTimeFormat(locale, { ...options, timeZone: SWEDEN }).formatToParts(at);
  return Object.fromEntries(found.map(({ type, value }) => [type, value]));
}
