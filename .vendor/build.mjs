// Copies what the browser needs from others into web/assets/vendor, with licence, version and checksum.
// Run by `make vendor` after `npm ci`. Nothing at run time needs Node.
import { bundle } from 'lightningcss';
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { optimize } from 'svgo';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(HERE);
const BROWSER = join(ROOT, 'web/assets/vendor');
const TESTS = join(ROOT, 'tests/web/vendor');
const PARTS = JSON.parse(read('parts.json'));

/** Every file that was written: where, what, and out of which packages. */
const written = [];

buildStyles();
buildSprite('citizen');
buildSprite('staff');
copy('@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2', BROWSER, 'source-sans-3.woff2', [
  '@fontsource-variable/source-sans-3',
]);
copyScript('socket.io-client/dist/socket.io.esm.min.js', 'socket.io.js', [
  'socket.io-client',
  'engine.io-client',
  'socket.io-parser',
  'engine.io-parser',
  '@socket.io/component-emitter',
]);
copyScript(
  'tus-js-client/dist/tus.min.js',
  'tus.js',
  ['tus-js-client', 'js-base64', 'url-parse', 'querystringify', 'requires-port'],
  asModule,
);
copy('axe-core/axe.min.js', TESTS, 'axe.min.js', ['axe-core']);
copy('axe-core/LICENSE', TESTS, 'axe-LICENSE', ['axe-core']);
writeChecksums(BROWSER);
writeChecksums(TESTS);
writeNotices();

/** The design system: theme and the components that we use, in one file without cascade layers. */
function buildStyles() {
  const work = join(HERE, 'node_modules/.theme');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const cli = join(HERE, 'node_modules/.bin/designsystemet');
  const tokens = join(work, 'tokens');
  execFileSync(cli, ['tokens', 'create', '--config', 'designsystemet.config.json', '--clean'], { cwd: HERE, stdio: 'ignore' });
  execFileSync(cli, ['tokens', 'build', '-t', tokens, '-o', work], { cwd: HERE, stdio: 'ignore' });
  const entry = join(work, 'entry.css');
  writeFileSync(join(work, 'theme.css'), mendTheme(readFileSync(join(work, 'gensvar.css'), 'utf8')));
  const components = PARTS.designsystemet.map((part) => `@import "../@digdir/designsystemet-css/dist/src/${part}.css";`);
  writeFileSync(entry, ['@import "theme.css";', ...components].join('\n'));
  const major = (number, minor = 0) => (number << 16) | (minor << 8);
  const targets = { chrome: major(87), safari: major(14, 1), ios_saf: major(14, 5), firefox: major(91), samsung: major(14) };
  const { code } = bundle({ filename: entry, minify: true, targets });
  write(BROWSER, 'designsystemet.css', code, ['@digdir/designsystemet-css', '@digdir/designsystemet']);
}

/** Browsers before March 2022 drop everything inside `@layer`; the font's name arrives without quotes. */
function mendTheme(css) {
  return unwrapLayers(css).replace(/--ds-font-family:\s*Source Sans 3/g, '--ds-font-family: "Source Sans 3"');
}

function unwrapLayers(css) {
  const layer = /@layer [^{;]+([{;])/g;
  let out = '';
  let at = 0;
  for (let found = layer.exec(css); found; found = layer.exec(css)) {
    out += css.slice(at, found.index);
    at = layer.lastIndex;
    if (found[1] === ';') continue;
    const end = closingBrace(css, at);
    out += css.slice(at, end);
    at = layer.lastIndex = end + 1;
  }
  return out + css.slice(at);
}

function closingBrace(css, from) {
  let depth = 1;
  let at = from;
  for (; depth; at++) {
    if (css[at] === '{') depth++;
    else if (css[at] === '}') depth--;
  }
  return at - 1;
}

/** One file of symbols per kind of page, so that citizens do not fetch the staff's icons. */
function buildSprite(audience) {
  const symbols = Object.entries(PARTS.icons[audience]).map(([id, name]) => {
    const svg = read(`node_modules/@navikt/aksel-icons/dist/svg/${name}.svg`);
    return `<symbol id="${id}" viewBox="0 0 24 24">${shortenPaths(svg)}</symbol>`;
  });
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`;
  write(BROWSER, `icons-${audience}.svg`, sprite, ['@navikt/aksel-icons']);
}

/** Steps instead of places, and two decimals on a grid of 24: about half as long, and nobody can see it. */
function shortenPaths(svg) {
  const { data } = optimize(svg, { plugins: [{ name: 'convertPathData', params: { floatPrecision: 2 } }] });
  return data.replace(/<svg[^>]*>|<\/svg>/g, '');
}

/** Source maps are not served, so the line that names them goes. */
function copyScript(from, to, packages, shape = (script) => script) {
  write(BROWSER, to, shape(read(`node_modules/${from}`).replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n')), packages);
}

/** What was built for older ways of loading, with its one thing as the module's own; nothing becomes global. */
function asModule(script) {
  return `const module = { exports: {} };\nconst exports = module.exports;\n${script}export default module.exports;\n`;
}

function copy(from, folder, to, packages) {
  write(folder, to, readFileSync(join(HERE, 'node_modules', from)), packages);
}

function write(folder, name, content, packages) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  const sum = createHash('sha256').update(content).digest('hex');
  written.push({ folder, name, sum, packages });
}

function writeChecksums(folder) {
  const lines = written
    .filter((file) => file.folder === folder)
    .map(({ name, sum, packages }) => `${sum}  ${name}  ${packages.map(describe).join(', ')}`);
  const head = '# sha256  file  made from (version, licence). Written by `make vendor`; checked by tests/web/test_vendor.py.';
  writeFileSync(join(folder, 'CHECKSUMS'), [head, ...lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)), ''].join('\n'));
}

function writeNotices() {
  const packages = [...new Set(written.flatMap((file) => file.packages))].sort();
  const head = 'Third-party notices\n\nGensvar carries the following work of others. Written by `make vendor`.\n';
  const parts = packages.map((name) => {
    const files = written.filter((file) => file.packages.includes(name) && file.name !== 'axe-LICENSE').map((file) => file.name);
    return [`${'='.repeat(78)}\n${describe(name)}\nIn: ${files.join(', ')}\n`, licenceText(name)].join('\n');
  });
  writeFileSync(join(ROOT, 'THIRD-PARTY-NOTICES'), [head, ...parts].join('\n'));
}

function describe(name) {
  const { version, license } = manifest(name);
  return `${name} ${version} (${license})`;
}

function licenceText(name) {
  // The icons' package has no licence file of its own; its manifest says MIT and names the owner.
  if (name === '@navikt/aksel-icons') return read('licences/aksel-icons.txt').trim() + '\n';
  const file = ['LICENSE', 'LICENSE.md'].find((each) => existsSync(join(HERE, 'node_modules', name, each)));
  return read(`node_modules/${name}/${file}`).trim() + '\n';
}

function manifest(name) {
  return JSON.parse(read(`node_modules/${name}/package.json`));
}

function read(path) {
  return readFileSync(join(HERE, path), 'utf8');
}
