// @ts-check

/** Who looks at this page, or at another: a key that tells people apart, and whether it is staff. */
export function whoLooks(page = document) {
  const { person, key } = page.body.dataset;
  return { person: key ?? '', staff: person === 'staff' };
}
