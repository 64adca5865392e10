// The rules of .dependency-cruiser.cjs, proven on a small source tree: each forbidden import is found, none of the allowed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

const REPOSITORY = join(__dirname, '../..');
const CRUISE = join(REPOSITORY, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const PACKAGES = ['undici', 'nodemailer', 'prom-client', 'nest-commander', '@nestjs/common', '@kubernetes/client-node'];

/** file -> what it imports; a leading `type ` makes the import one of types, `lazy ` one at run time. */
const ALLOWED: Record<string, readonly string[]> = {
  'src/main.runtime.ts': ['./modules/app'],
  'src/cli/main.ts': ['nest-commander', './commands/run.command'],
  'src/cli/commands/run.command.ts': ['nest-commander', '../render/symbols', 'lazy ../actions/run', './list-option'],
  'src/cli/commands/list-option.ts': [],
  'src/cli/actions/run.ts': ['../../modules/common', '../../modules/katalog'],
  'src/cli/render/symbols.ts': [],
  'src/modules/app/index.ts': ['../kordinator', '../webhook', '@nestjs/common'],
  'src/modules/webhook/index.ts': ['../certmanager', '../kube'],
  'src/modules/certmanager/index.ts': [],
  'src/modules/controlcenter/index.ts': ['type ../kordinator/http/contract', '../observability'],
  'src/modules/kordinator/index.ts': ['../reconciler', '../katalog', './http/contract', './kordinator.metrics'],
  'src/modules/kordinator/kordinator.metrics.ts': ['prom-client'],
  'src/modules/kordinator/http/contract/index.ts': [],
  'src/modules/reconciler/index.ts': ['../resources', '../kube', '../common'],
  'src/modules/reconciler/pass.spec.ts': ['./index', '../sandbox', '../kube/testing/scripted'],
  'src/modules/sandbox/index.ts': ['type ../kube', '../kube/port'],
  'src/modules/kube/port.ts': [],
  'src/modules/katalog/index.ts': ['../resources', '../notification', '../expression'],
  'src/modules/resources/index.ts': ['../schema', '../expression'],
  'src/modules/notification/index.ts': ['../konfig', './channels/smtp'],
  'src/modules/notification/channels/smtp.ts': ['nodemailer'],
  'src/modules/kube/index.ts': ['../konfig', '../observability', './transport/pool', './config/worker'],
  'src/modules/kube/config/worker.ts': ['@kubernetes/client-node'],
  'src/modules/kube/transport/pool.ts': ['undici'],
  'src/modules/kube/testing/scripted.ts': ['node:http', './answers'],
  'src/modules/kube/testing/answers.ts': [],
  'src/modules/observability/index.ts': ['../konfig'],
  'src/modules/konfig/index.ts': ['../common', '@nestjs/common'],
  'src/modules/expression/index.ts': ['../schema', '../common'],
  'src/modules/schema/index.ts': ['../common'],
  'src/modules/common/index.ts': [],
  'test/website.spec.ts': ['../src/modules/kube/transport/pool'],
};

/** [rule, from, to]: one more file each, and the import in it that must be found. */
const FORBIDDEN: readonly (readonly [rule: string, from: string, to: string])[] = [
  ['layer-common', 'src/modules/common/up.ts', '../schema'],
  ['sandbox-starts-light', 'src/modules/sandbox/heavy.ts', '../kube'],
  ['layer-schema', 'src/modules/schema/arrow-back.ts', '../expression'],
  ['layer-expression', 'src/modules/expression/up.ts', '../kube'],
  ['layer-konfig', 'src/modules/konfig/sibling.ts', '../observability'],
  ['layer-observability', 'src/modules/observability/sibling.ts', 'type ../kube'],
  ['layer-resources', 'src/modules/resources/imports-katalog.ts', '../katalog'],
  ['layer-notification', 'src/modules/notification/sibling.ts', '../resources'],
  ['layer-katalog', 'src/modules/katalog/no-sandbox.ts', '../sandbox'],
  ['layer-reconciler', 'src/modules/reconciler/arrow-back.ts', '../kordinator'],
  ['layer-kordinator', 'src/modules/kordinator/sibling.ts', '../webhook'],
  ['layer-controlcenter', 'src/modules/controlcenter/runs-lanes.ts', '../kordinator'],
  ['layer-kube', 'src/modules/kube/up.ts', '../app'],
  ['layer-resources-spec', 'src/modules/resources/up.spec.ts', '../reconciler'],
  ['module-has-a-layer', 'src/modules/newcomer/index.ts', '../common'],
  ['through-the-index', 'src/modules/reconciler/deep.ts', '../kube/transport/pool'],
  ['through-the-index-spec', 'src/modules/reconciler/deep.spec.ts', '../kube/transport/pool'],
  ['through-the-index-from-outside', 'src/cli/actions/deep.ts', '../../modules/kube/transport/pool'],
  ['contract-is-types', 'src/modules/controlcenter/contract-code.ts', '../kordinator/http/contract'],
  ['contract-for-the-control-center', 'src/cli/actions/contract.ts', '../../modules/kordinator/http/contract'],
  ['bootstrap-imports-app', 'src/main.gateway.ts', './modules/kube'],
  ['nobody-imports-the-command-line', 'src/modules/app/prints.ts', '../../cli/render/symbols'],
  ['commands-start-fast', 'src/cli/commands/slow.command.ts', '../actions/run'],
  ['commands-start-fast', 'src/cli/commands/heavy.command.ts', '../../modules/common'],
  ['option-parsers-are-leaves', 'src/cli/commands/slow-option.ts', '../../modules/katalog'],
  ['pure-layers-without-nest', 'src/modules/expression/decorated.ts', '@nestjs/common'],
  ['pure-layers-without-io', 'src/modules/schema/reads.ts', 'node:fs'],
  ['adapter-undici', 'src/modules/kube/discovery/direct.ts', 'undici'],
  ['adapter-nodemailer', 'src/modules/notification/direct.ts', 'nodemailer'],
  ['adapter-prom-client', 'src/modules/kordinator/counts.ts', 'prom-client'],
  ['adapter-nest-commander', 'src/modules/app/commands.ts', 'nest-commander'],
  ['adapter-kubernetes-client-node', 'src/modules/kube/transport/models.ts', '@kubernetes/client-node'],
  ['source-without-tests', 'src/modules/kube/uses-double.ts', './testing/scripted'],
  ['source-without-tests', 'src/modules/app/uses-test.ts', '../../../test/website.spec'],
  ['specs-beside-the-code-without-test-folder', 'src/modules/app/uses-test.spec.ts', '../../../test/website.spec'],
  ['everything-resolves', 'src/modules/common/typo.ts', './not-there'],
];

function source(imports: readonly string[]): string {
  const lines = imports.map((target, index) => {
    if (target.startsWith('type ')) return `import type * as m${index} from '${target.slice(5)}';`;
    if (target.startsWith('lazy ')) return `export const m${index} = () => import('${target.slice(5)}.js');`;
    return `import * as m${index} from '${target}'; export const used${index} = m${index};`;
  });
  return `${lines.join('\n')}\nexport const here = true;\n`;
}

function violationsOf(files: Readonly<Record<string, readonly string[]>>): readonly Violation[] {
  const root = mkdtempSync(join(tmpdir(), 'orkestra-layers-'));
  try {
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    for (const name of PACKAGES) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
      write(`node_modules/${name}/index.js`, '');
    }
    write(
      'package.json',
      JSON.stringify({ dependencies: Object.fromEntries(PACKAGES.map((name) => [name, '1.0.0'])) }),
    );
    write('tsconfig.json', JSON.stringify({ compilerOptions: { module: 'node20', moduleResolution: 'node16' } }));
    for (const [path, imports] of Object.entries(files)) write(path, source(imports));
    return cruise(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function cruise(root: string): readonly Violation[] {
  const config = join(REPOSITORY, '.dependency-cruiser.cjs');
  const output = execFileSync(process.execPath, [CRUISE, '--config', config, '--output-type', 'json', 'src', 'test'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return (JSON.parse(output) as { summary: { violations: Violation[] } }).summary.violations;
}

describe('the dependency rules', () => {
  it('accept every import that the layer table allows', () => {
    expect(violationsOf(ALLOWED).map(({ rule, from, to }) => [rule.name, from, to])).toEqual([]);
  }, 60_000);

  it('refuse every other one, by the name of its rule', () => {
    const broken = Object.fromEntries(FORBIDDEN.map(([, from, to]) => [from, [to]]));
    const found = violationsOf({ ...ALLOWED, ...broken });
    const missing = FORBIDDEN.filter(
      ([rule, from]) => !found.some((violation) => violation.rule.name === rule && violation.from === from),
    );
    expect(missing).toEqual([]);
  }, 60_000);

  it('refuse a circle', () => {
    const circle = {
      'src/modules/common/a.ts': ['./b'],
      'src/modules/common/b.ts': ['./a'],
    };
    expect(violationsOf({ ...ALLOWED, ...circle }).map(({ rule }) => rule.name)).toContain('no-cycles');
  }, 60_000);
});
