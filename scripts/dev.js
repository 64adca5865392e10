// `npm run dev`: as `npm start`, and again at every change: of the sources (build, then restart)
// or of the Katalog's folder (restart). A build that fails leaves the running operator alone.
'use strict';
const { spawn } = require('node:child_process');
const { existsSync, watch } = require('node:fs');
const { dirname, join, resolve } = require('node:path');
const { isGiven, orkArguments, ROOT, SAMPLE } = require('./sample');

/** Editors write a file in several steps. */
const SETTLE_MS = 150;

const args = orkArguments(process.argv.slice(2));

let running;
let stopping = false;
let needsBuild = true;
let timer;
/** Builds and restarts happen one after the other. */
let queue = Promise.resolve();

function say(text) {
  console.log(`dev: ${text}`);
}

/** Resolves to the exit code. */
function finished(child) {
  return new Promise((done) => child.once('exit', (code) => done(code)).once('error', () => done(1)));
}

async function stopOperator() {
  if (running === undefined) return;
  const { child, ended } = running;
  child.kill('SIGINT');
  await ended;
}

function startOperator() {
  const child = spawn(process.execPath, [join(ROOT, 'dist', 'cli', 'ork.js'), ...args], { stdio: 'inherit' });
  const ended = finished(child).then((code) => {
    running = undefined;
    if (stopping) process.exit(code === 0 ? 0 : 1);
    else if (code !== 0) say('the operator ended; waiting for a change');
  });
  running = { child, ended };
}

async function restart() {
  if (needsBuild) {
    needsBuild = false;
    const code = await finished(spawn(process.execPath, [join(__dirname, 'build.js')], { stdio: 'inherit' }));
    if (code !== 0) {
      say('the build failed; waiting for a change');
      return;
    }
  }
  await stopOperator();
  if (!stopping) startOperator();
}

function schedule() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    queue = queue.then(restart);
  }, SETTLE_MS);
}

function watchFolder(folder, isSource) {
  if (!existsSync(folder)) return;
  watch(folder, { recursive: isSource }, (_event, file) => {
    if (stopping || file === null || /(^|\/)\.|~$|\.swp$/.test(file)) return;
    say(`${file} changed`);
    needsBuild ||= isSource;
    schedule();
  });
}

/** Folders of the Katalog files named with -f; the sample's when none is. */
function katalogFolders() {
  const given = process.argv.slice(2);
  if (!isGiven(given, '-f', '--file')) return [dirname(SAMPLE)];
  const files = given.flatMap((arg, index) => {
    if (arg === '-f' || arg === '--file') return (given[index + 1] ?? '').split(',');
    return /^(-f|--file)=/.test(arg) ? arg.slice(arg.indexOf('=') + 1).split(',') : [];
  });
  return [...new Set(files.map((file) => dirname(resolve(file.trim()))))];
}

function onSignal() {
  if (stopping && running === undefined) process.exit(130);
  stopping = true;
  clearTimeout(timer);
  if (running === undefined) process.exit(0);
  // The terminal told it too; `ork` takes both for one key.
  running.child.kill('SIGINT');
}

process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
watchFolder(join(ROOT, 'src'), true);
for (const folder of katalogFolders()) watchFolder(folder, false);
queue = queue.then(restart);
