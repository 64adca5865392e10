// Prints where answers that a run kept differ from the golden files: the first step of each case that does, and of it
// only the places. `node test/conformance/differences.js <file> [topic] [part of a name]`
'use strict';
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const [file, wantedTopic, part = ''] = process.argv.slice(2);
const goldens = new Map();

function golden(topic) {
  if (!goldens.has(topic)) {
    goldens.set(topic, JSON.parse(readFileSync(join(__dirname, 'golden', `${topic}.json`), 'utf8')).cases);
  }
  return goldens.get(topic);
}

const short = (value) => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 400));
const isContainer = (value) => typeof value === 'object' && value !== null;

/** One line for each place, the deepest that is told apart. */
function* places(real, here, path) {
  if (JSON.stringify(real) === JSON.stringify(here)) return;
  if (isContainer(real) && isContainer(here) && Array.isArray(real) === Array.isArray(here)) {
    for (const key of new Set([...Object.keys(real), ...Object.keys(here)])) {
      yield* places(real[key], here[key], `${path}/${key}`);
    }
  } else yield `    ${path}\n      real:    ${short(real)}\n      sandbox: ${short(here)}`;
}

let count = 0;
for (const { topic, name, steps, failure } of JSON.parse(readFileSync(file, 'utf8'))) {
  if ((wantedTopic ?? topic) !== topic || !name.includes(part)) continue;
  const real = golden(topic)[name] ?? [];
  const at = real.findIndex((step, index) => [...places(step, steps[index], '')].length > 0);
  if (at < 0 && failure === undefined) continue;
  count++;
  console.log(`\n${topic}: ${name}`);
  if (failure !== undefined) console.log(`  failed: ${failure.split('\n')[0].slice(0, 600)}`);
  if (at < 0) continue;
  console.log(`  step ${at + 1}: ${real[at].do}`);
  console.log([...places(real[at], steps[at], '')].slice(0, 12).join('\n'));
}
console.log(`\n${count} cases differ`);
