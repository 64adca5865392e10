// `npm run check`: everything that can be said about the sources without running them. Two steps at a time (each is
// one busy process), the output of a step only when it fails, every step even after a failure.
// `npm run check -- tsc knip` runs only these.
const { spawn } = require('node:child_process');
const { join } = require('node:path');

const root = join(__dirname, '..');
const AT_A_TIME = 2;

/** Longest first, so that the last one to end is a short one. */
const STEPS = [
  { name: 'eslint', file: bin('eslint', 'bin/eslint.js'), args: ['.', '--max-warnings', '0'] },
  { name: 'tsc', file: bin('typescript', 'bin/tsc'), args: ['-p', '.', '--pretty', 'false'] },
  { name: 'prettier', file: bin('prettier', 'bin/prettier.cjs'), args: ['--check', '--log-level', 'warn', '.'] },
  {
    name: 'depcruise',
    file: bin('dependency-cruiser', 'bin/dependency-cruise.mjs'),
    args: ['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', 'src', 'test'],
  },
  { name: 'knip', file: bin('knip', 'bin/knip.js'), args: ['--no-progress'] },
  { name: 'repository', file: join(__dirname, 'repository-rules.js'), args: [root] },
];

function bin(name, path) {
  return join(root, 'node_modules', name, path);
}

function run({ name, file, args }) {
  const began = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => output.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (code) => {
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      resolve({ name, passed: code === 0, seconds, output: Buffer.concat(output).toString('utf8') });
    });
  });
}

function report({ name, passed, seconds, output }) {
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name.padEnd(10)} ${seconds.padStart(6)} s`);
  if (!passed) console.log(`\n${output.trimEnd()}\n`);
}

function chosen(names) {
  const unknown = names.filter((name) => STEPS.every((step) => step.name !== name));
  if (unknown.length > 0) {
    throw new Error(`no step ${unknown.join(', ')}; there are ${STEPS.map(({ name }) => name).join(', ')}`);
  }
  return names.length === 0 ? STEPS : STEPS.filter(({ name }) => names.includes(name));
}

async function check(steps) {
  const began = performance.now();
  const waiting = [...steps];
  const failed = [];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const result = await run(step);
      report(result);
      if (!result.passed) failed.push(result.name);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  console.log(
    failed.length === 0 ? `check passed in ${seconds} s` : `check failed: ${failed.join(', ')} (${seconds} s)`,
  );
  return failed.length === 0;
}

Promise.resolve()
  .then(() => check(chosen(process.argv.slice(2))))
  .then(
    (passed) => (process.exitCode = passed ? 0 : 1),
    (error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
