// Rules for the drawn pages (`python -m tests.web.gallery write <folder>`). What is off, and why:
export default {
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    'doctype-style': 'off', // small letters, as in the rest of the source
    'void-style': 'off', // icons are SVG, which closes itself
    'no-trailing-whitespace': 'off', // left by template tags; nobody reads the drawn source
    'long-title': 'off', // a title says the question, whatever its length
    'tel-non-breaking': 'off', // the style sheet keeps numbers on one line
    'prefer-native-element': 'off', // a region within a pane is not a section of the page
    'form-dup-name': 'off', // one field name for several values, as the commands take them
    'aria-label-misuse': 'off', // a list of stages is named for those who hear it
    'empty-heading': 'off', // inside <template>: the script writes the day there
    'wcag/h30': 'off', // the same, for a file's name; axe looks at the links that are there
    'no-inline-style': 'error',
    'attribute-boolean-style': 'error',
  },
};
