// `npm run fuzz:katalog -- [--count 50000] [--seed N] [--from N] [--case N] [--workers N]`: mutated Katalogs through the
// whole load.
// The cases run in processes of their own; one that is silent for long hangs in its last case, and is ended.
'use strict';
const { fork } = require('node:child_process');
const { mkdirSync, mkdtempSync, rmSync } = require('node:fs');
const { availableParallelism, tmpdir } = require('node:os');
const { join } = require('node:path');
const { parseArgs } = require('node:util');

const SILENT_MS = 120_000;
const MAX_SHOWN = 30;

async function work(job) {
  require(join(__dirname, '../../scripts/load-typescript.js'));
  const { fuzzKatalogs } = require('./katalog/fuzz.ts');
  const counts = await fuzzKatalogs(
    job,
    (number) => process.send({ begun: number }),
    (found) => process.send({ found }),
  );
  process.send({ counts });
  process.disconnect();
}

/** Resolves to its counts; rejects with the case that it hangs in, or that killed it. */
function watch(child, job, found, progress) {
  return new Promise((resolve, reject) => {
    let at = job.from;
    let heard = Date.now();
    let counts;
    const again = () => `npm run fuzz:katalog -- --seed ${job.seed} --case ${at}`;
    const timer = setInterval(() => {
      if (Date.now() - heard <= SILENT_MS) return;
      reject(new Error(`no end within ${SILENT_MS / 1_000} s: ${again()}`));
      child.kill('SIGKILL');
    }, 1_000);
    child.on('message', (message) => {
      heard = Date.now();
      if (message.begun !== undefined) progress((at = message.begun));
      if (message.found !== undefined) found(message.found);
      counts = message.counts ?? counts;
    });
    child.on('exit', (code, signal) => {
      clearInterval(timer);
      if (counts !== undefined) resolve(counts);
      else reject(new Error(`the process ended with ${signal ?? code} in: ${again()}`));
    });
    child.send(job);
  });
}

async function main() {
  const option = { type: 'string' };
  const { values } = parseArgs({
    options: { count: option, seed: option, from: option, case: option, workers: option },
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000_007);
  const first = Number(values.case ?? values.from ?? 0);
  const until = values.case === undefined ? Number(values.count ?? 50_000) : first + 1;
  const workers = Math.min(until - first, Number(values.workers ?? availableParallelism()));
  console.log(`seed ${seed}, ${until - first} cases in ${workers} processes`);
  const kinds = new Set();
  const found = ({ kind, text }) => {
    if (kinds.has(kind)) return;
    kinds.add(kind);
    if (kinds.size <= MAX_SHOWN) console.log(`\n${text}`);
  };
  let done = 0;
  const progress = () => {
    if (++done % 5_000 === 0) console.log(`${done} cases begun`);
  };
  const children = Array.from({ length: workers }, () => fork(__filename, ['--worker']));
  const folder = mkdtempSync(join(tmpdir(), 'ork-fuzz-katalog-'));
  const stop = () => {
    children.forEach((child) => child.kill('SIGKILL'));
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  process.once('exit', stop);
  const began = Date.now();
  const counts = await Promise.all(
    children.map((child, index) => {
      const own = join(folder, String(index));
      mkdirSync(own);
      return watch(child, { folder: own, seed, from: first + index, until, step: workers }, found, progress);
    }),
  );
  const sum = (key) => counts.reduce((total, each) => total + each[key], 0);
  const seconds = Math.round((Date.now() - began) / 1_000);
  console.log(
    `${until - first} cases in ${seconds} s: ${sum('compiled')} compiled, ${sum('refused')} refused, ${sum('failed')} failed in ${kinds.size} ways`,
  );
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}

if (process.argv[2] === '--worker') {
  process.once('message', (job) => void work(job));
} else {
  main().catch((error) => {
    console.error(`fuzz:katalog: ${error.message}`);
    process.exit(1);
  });
}
