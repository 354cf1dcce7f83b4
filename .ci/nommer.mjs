#!/usr/bin/env node
// Names the built files after their content, so that browsers may keep them for ever, and compresses them.
//
// cargo-leptos can do both, but it names the main files before it writes the name of the loader of parts into them: two
// builds would then have files of one name and of different content (cargo-leptos#664). A name depends on what the file
// holds and on the files that it names. Two files name each other, so they share one.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const target = path.join(import.meta.dirname, '../target');
const site = path.join(target, 'site');
const pkg = path.join(site, 'pkg');
const LOADER = '__wasm_split.______________________.js';

const read = (name) => readFileSync(path.join(pkg, name));
const hash = (...pieces) => pieces.reduce((sum, piece) => sum.update(piece), createHash('sha256')).digest('hex').slice(0, 16);
const files = readdirSync(pkg);
if (!files.includes('iel.js')) {
  console.log('   The files have their names already');
  process.exit();
}
// What an earlier build left.
for (const name of files) if (/\.(br|gz|ts)$|\.[0-9a-f]{16}\./.test(name)) rmSync(path.join(pkg, name));

const named = (name, sum) => {
  const to = name.replace(/(\.______________________)?\.(\w+)$/, `.${sum}.$2`);
  renameSync(path.join(pkg, name), path.join(pkg, to));
  return to;
};

const names = { wasm: named('iel.wasm', hash(read('iel.wasm'))), css: named('iel.css', hash(read('iel.css'))) };
// The splitter writes a list of names in any order.
let loader = read(LOADER).toString().replace(/\{ ([\w$, ]+), +\}/g, (_, list) => `{ ${list.split(', ').toSorted().join(', ')} }`);
const parts = files.filter((name) => name.endsWith('.wasm') && name !== 'iel.wasm');
const called = new Map(parts.map((name) => [name, named(name, hash(read(name)))]));
for (const [name, to] of called) loader = loader.replaceAll(`./${name}`, `./${to}`);
const main = read('iel.js').toString();
const both = hash(main, loader);
names.js = named('iel.js', both);
names.loader = named(LOADER, both);
writeFileSync(path.join(pkg, names.loader), loader.replaceAll('./iel.js', `./${names.js}`));
// The module calls the loader by its former name: only where the file comes from changes.
writeFileSync(path.join(pkg, names.js), main.replaceAll(`from"./${LOADER}"`, `from"./${names.loader}"`));

const manifest = JSON.parse(read('__wasm_split_manifest.json'));
rmSync(path.join(pkg, '__wasm_split_manifest.json'));
const lines = Object.entries(names).map(([kind, name]) => `${kind}: ${name}`);
for (const [part, needs] of Object.entries(manifest)) lines.push(`${part}: ${needs.map((name) => called.get(`${name}.wasm`)).join(' ')}`);
writeFileSync(path.join(target, 'release/noms.txt'), `${lines.join('\n')}\n`);

const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
for (const folder of [site, pkg]) {
  for (const name of readdirSync(folder)) {
    if (!/\.(js|wasm|css|svg|txt)$/.test(name)) continue;
    const content = readFileSync(path.join(folder, name));
    writeFileSync(path.join(folder, `${name}.br`), brotliCompressSync(content, quality));
    writeFileSync(path.join(folder, `${name}.gz`), gzipSync(content, { level: 9 }));
  }
}
console.log(`   ${lines.length} names, in target/release/noms.txt`);
