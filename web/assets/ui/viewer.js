// @ts-check

/** Who looks at this page: a key that tells people apart, and whether it is staff. */
export function whoLooks() {
  const { person, key } = document.body.dataset;
  return { person: key ?? '', staff: person === 'staff' };
}
