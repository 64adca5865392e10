// src -> dist: one bundle for each process, each worker thread, the command line, each of its actions, and the sandbox
// (docs/adr/0013). swc turns TypeScript into ES modules (docs/adr/0002), esbuild packs them: what a bundle does not use is
// not in it, and Node opens a handful of files in the place of two thousand.
'use strict';
const { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { basename, dirname, join, relative } = require('node:path');
const swc = require('@swc/core');
const esbuild = require('esbuild');

const ROOT = join(__dirname, '..');
const SRC = join(ROOT, 'src');
const DIST = join(ROOT, 'dist');
const ACTIONS = join(SRC, 'cli', 'actions');
const swcrc = JSON.parse(readFileSync(join(ROOT, '.swcrc'), 'utf8'));

/** What Nest and its packages ask for only when somebody installed it. */
const OPTIONAL = [
  '@fastify/static',
  '@fastify/view',
  '@mikro-orm/core',
  '@nestjs/microservices',
  '@nestjs/mongoose',
  '@nestjs/platform-express',
  '@nestjs/sequelize/*',
  '@nestjs/typeorm/*',
  '@nestjs/websockets',
  '@nestjs/websockets/*',
  'class-transformer/*',
  'prettier',
];
/** What nest-commander loads for features that `ork` does not have: questions to the user and plugins. */
const UNUSED = /^(inquirer|cosmiconfig)$/;

const typescript = {
  name: 'typescript',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const module = { ...swcrc.module, type: 'es6' };
      const { code } = await swc.transformFile(path, { ...swcrc, swcrc: false, module, sourceMaps: 'inline' });
      return { contents: code, loader: 'js' };
    });
  },
};

const withoutUnused = {
  name: 'without-unused',
  setup(build) {
    build.onResolve({ filter: UNUSED }, ({ path }) => ({ path, namespace: 'unused' }));
    build.onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/** Bundles that another one loads when it needs them stay files of their own. `actions`: where they are from there. */
const apart = (actions) => ({
  name: 'apart',
  setup(build) {
    build.onResolve({ filter: /\/actions\/[a-z-]+\.js$/ }, ({ path }) => ({
      path: `${actions}/${basename(path)}`,
      external: true,
    }));
    build.onResolve({ filter: /\/modules\/sandbox\/index\.js$/ }, () => ({
      path: '../../modules/sandbox/index.js',
      external: true,
    }));
  },
});

/** The parser of `yaml` for Node asks the environment at every token whether it shall log; the other one is the same without. */
const quietYaml = {
  name: 'quiet-yaml',
  setup(build) {
    const path = join(dirname(require.resolve('yaml/package.json')), 'browser', 'dist', 'index.js');
    build.onResolve({ filter: /^yaml$/ }, () => ({ path }));
  },
};

function bundle(entryPoints, actions, options = {}) {
  return esbuild.build({
    entryPoints,
    outdir: DIST,
    outbase: SRC,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'error',
    external: OPTIONAL,
    plugins: [withoutUnused, quietYaml, apart(actions), typescript],
    // Node finds no names in a bundle that it imports; it does in one that is required.
    supported: { 'dynamic-import': false },
    ...options,
  });
}

async function build() {
  rmSync(DIST, { recursive: true, force: true });
  const ork = bundle([{ in: join(SRC, 'cli', 'main.ts'), out: join('cli', 'ork') }], './actions', {
    banner: { js: '#!/usr/bin/env node' },
    // The pipe of Nest that asks for it validates requests, and the command line serves none.
    external: [...OPTIONAL, 'class-validator', 'class-transformer'],
  });
  const isAction = (file) => file.endsWith('.ts') && !/\.(types|spec)\.ts$/.test(file);
  await Promise.all([
    ork,
    bundle(
      [
        ...['runtime', 'gateway', 'controlcenter'].map((name) => join(SRC, `main.${name}.ts`)),
        ...['lease/lease.worker.ts', 'config/credentials.worker.ts'].map((file) => join(SRC, 'modules', 'kube', file)),
        join(SRC, 'modules', 'sandbox', 'index.ts'),
        ...readdirSync(ACTIONS)
          .filter(isAction)
          .map((file) => join(ACTIONS, file)),
      ],
      '.',
    ),
  ]);
  chmodSync(join(DIST, 'cli', 'ork.js'), 0o755);
  // Read at run time.
  for (const table of ['schema/openapi/tables', 'sandbox/request/protobuf/messages.br']) {
    const place = join(SRC, 'modules', table);
    cpSync(place, join(DIST, relative(SRC, place)), { recursive: true });
  }
  writeFileSync(join(DIST, '.built'), ''); // for build-when-changed.js
}

build().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
