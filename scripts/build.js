// src -> dist: swc emits everything that runs (docs/adr/0002); esbuild then packs the command line, so that `ork` starts
// fast (docs/adr/0013): one bundle for the commands, one for each action that they import when they run.
const { execFileSync } = require('node:child_process');
const { chmodSync, cpSync, readdirSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const esbuild = require('esbuild');

const root = join(__dirname, '..');
const dist = join(root, 'dist');
const cli = join(dist, 'cli');
const actions = join(cli, 'actions');

/** What Nest asks for only when it is installed, and what only other commands of nest-commander need. */
const OPTIONAL = [
  '@nestjs/microservices',
  '@nestjs/websockets',
  '@nestjs/websockets/*',
  '@nestjs/platform-express',
  'class-transformer/*',
  'typescript',
  'prettier',
];

rmSync(dist, { recursive: true, force: true });
const swc = join(root, 'node_modules', '@swc', 'cli', 'bin', 'swc.js');
execFileSync(
  process.execPath,
  [swc, 'src', '-d', 'dist', '--strip-leading-paths', '--ignore', '**/*.spec.ts', '--ignore', '**/testing/**', '-q'],
  { cwd: root, stdio: 'inherit' },
);
// Read at run time.
for (const table of ['schema/openapi/tables', 'sandbox/request/protobuf/messages.br']) {
  cpSync(join(root, 'src', 'modules', table), join(dist, 'modules', table), { recursive: true });
}

const shared = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  keepNames: true,
  minify: true,
  logLevel: 'error',
  external: OPTIONAL,
  allowOverwrite: true,
};
/** An action stays a file of its own, beside ork.js. */
const actionsApart = {
  name: 'actions-apart',
  setup(build) {
    build.onResolve({ filter: /\/actions\/[a-z-]+\.js$/ }, ({ path }) => ({
      path: `./actions/${path.slice(path.lastIndexOf('/') + 1)}`,
      external: true,
    }));
  },
};

/** Its tables lie beside its files, and only `--dev` loads it. */
const sandboxApart = {
  name: 'sandbox-apart',
  setup(build) {
    const path = '../../modules/sandbox/index.js';
    build.onResolve({ filter: /\/modules\/sandbox\/index\.js$/ }, () => ({ path, external: true }));
  },
};

async function pack() {
  await esbuild.build({
    ...shared,
    entryPoints: [join(cli, 'main.js')],
    outfile: join(cli, 'ork.js'),
    banner: { js: '#!/usr/bin/env node' },
    plugins: [actionsApart],
    // Node finds no names in a bundle that it imports; it does in one that is required.
    supported: { 'dynamic-import': false },
  });
  const entries = readdirSync(actions).filter((file) => file.endsWith('.js') && !file.endsWith('.types.js'));
  await esbuild.build({
    ...shared,
    entryPoints: entries.map((file) => join(actions, file)),
    outdir: actions,
    plugins: [sandboxApart],
    supported: { 'dynamic-import': false },
  });
  chmodSync(join(cli, 'ork.js'), 0o755);
}

pack().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
