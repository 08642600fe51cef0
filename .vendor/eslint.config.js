// Habits in our scripts; names and types are checked by tsc. Run from the root, as .ci/check does.
const SINKS = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'cssText'];

export default [
  {
    files: ['web/assets/**/*.js'],
    ignores: ['web/assets/vendor/**'],
    languageOptions: { ecmaVersion: 2022, sourceType: 'module' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-empty': 'error',
      'no-eval': 'error',
      'no-restricted-properties': [
        'error',
        ...SINKS.map((property) => ({ property, message: 'Text is written as text; looks come from classes.' })),
      ],
      'no-self-assign': 'error',
      'no-unreachable': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
];
