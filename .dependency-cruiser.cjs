// The layers of the product (CONTRIBUTING.md, "Layers"). A module may import every layer below its own; of its own layer
// only what `arrows` names; always through the other module's index.ts. test/integration/dependency-rules.spec.ts
// proves that each rule really fails.

/** From the bottom to the top. A module that is not here yet gets its place here before it gets its first file. */
const LAYERS = [
  ['common'],
  ['schema', 'expression'],
  ['konfig', 'observability', 'net', 'kube'],
  ['sandbox', 'typeregistry', 'notification', 'provider', 'rules', 'resources', 'katalog'],
  ['certmanager', 'webhook', 'reconciler', 'kordinator', 'controlcenter', 'workbench'],
  ['app'],
];

/** Imports inside one layer. controlcenter -> kordinator has a rule of its own: types of one folder only. */
const ARROWS = {
  expression: ['schema'],
  observability: ['konfig'],
  net: ['observability', 'konfig'],
  kube: ['observability', 'konfig'],
  katalog: ['resources', 'rules', 'provider', 'notification', 'typeregistry'],
  webhook: ['certmanager'],
  kordinator: ['reconciler'],
  workbench: ['kordinator', 'reconciler', 'webhook'],
};

const CONTRACT = '^src/modules/kordinator/http/contract/';
/** A second door: the port that sandbox implements, without what implements it in kube. */
const PORT = '^src/modules/kube/port\\.ts$';

/** Where an outside library may be imported; `to` is the package, `only` the one place (or few) that wraps it. */
const ADAPTERS = [
  { library: '@kubernetes/client-node', only: '^src/modules/kube/config/' },
  { library: 'undici', only: '^src/modules/(kube/transport|net/http)/' },
  { library: '@peculiar/x509', only: '^src/modules/net/x509/' },
  { library: '@marcbachmann/cel-js', only: '^src/modules/schema/cel/' },
  { library: 'nodemailer', only: '^src/modules/notification/channels/' },
  { library: 'prom-client', only: '^src/modules/observability/metrics/|\\.metrics\\.ts$' },
  { library: '@willsoto/nestjs-prometheus', only: '^src/modules/observability/' },
  { library: '@nestjs/terminus', only: '^src/modules/observability/' },
  { library: '@nestjs/config', only: '^src/modules/konfig/' },
  { library: 'nest-commander', only: '^src/cli/' },
  { library: 'pino', only: '^src/modules/observability/logger/' },
  {
    library: 'yaml',
    only: '^src/modules/(katalog/(source|generations/migrate)|kube/config|sandbox/(request|http)|expression/note/values)/',
  },
  { library: 're2js', only: '^src/modules/(expression|schema)/' },
];

/** Specs and what serves them only. */
const TEST_CODE = '\\.spec\\.ts$|^src/modules/.+/testing/';

const anyOf = (names) => `^src/modules/(${names.join('|')})/`;
const packageOf = (name) => `(^|/)node_modules/${name.replaceAll('.', '\\.')}(/|$)|^${name}(/|$)`;
/** Installed or not: a package that cannot be resolved keeps its bare name. */
const packagesOf = (names) => names.map(packageOf).join('|');

const layerRules = LAYERS.flatMap((layer, height) =>
  layer.map((name) => {
    const below = LAYERS.slice(0, height).flat();
    const allowed = [name, ...below, ...(ARROWS[name] ?? [])];
    const isWindow = name === 'controlcenter';
    return {
      name: `layer-${name}`,
      comment: `L${height} ${name} may import: ${allowed.slice(1).join(', ') || 'no other module'}`,
      severity: 'error',
      from: { path: `^src/modules/${name}/`, pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^src/',
        pathNot: [anyOf(allowed), ...(isWindow ? [CONTRACT] : [])],
      },
    };
  }),
);

/** Specs obey the same table, but may run against the sandbox. */
const specRules = layerRules.map((rule) => ({
  ...rule,
  name: `${rule.name}-spec`,
  from: { path: `${rule.from.path}.*\\.spec\\.ts$` },
  to: { ...rule.to, pathNot: [...rule.to.pathNot, anyOf(['sandbox'])] },
}));

const adapterRules = ADAPTERS.map(({ library, only }) => ({
  name: `adapter-${library.replace('@', '').replace('/', '-')}`,
  comment: `${library} is wrapped in one place: ${only}`,
  severity: 'error',
  from: { path: '^src/', pathNot: [only, TEST_CODE] },
  to: { path: packageOf(library) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^(src|test)/' },
      to: { circular: true },
    },
    {
      name: 'module-has-a-layer',
      comment: 'a new module takes its place in LAYERS first',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: anyOf(LAYERS.flat()) },
      to: {},
    },
    ...layerRules,
    ...specRules,
    {
      name: 'through-the-index',
      comment: 'another module is imported through its index.ts; specs may use its testing/ folder',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^src/modules/[^/]+/',
        pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index\\.ts$', CONTRACT, PORT],
      },
    },
    {
      name: 'through-the-index-spec',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/.*\\.spec\\.ts$' },
      to: {
        path: '^src/modules/[^/]+/',
        pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index\\.ts$', '^src/modules/[^/]+/testing/', CONTRACT, PORT],
      },
    },
    {
      name: 'through-the-index-from-outside',
      comment: 'src/cli and the bootstrap files see modules from outside, too',
      severity: 'error',
      from: { path: '^src/(cli/|main\\.)' },
      to: { path: '^src/modules/[^/]+/', pathNot: '^src/modules/[^/]+/index\\.ts$' },
    },
    {
      name: 'sandbox-starts-light',
      comment: 'code comes through kube/port.ts: the index brings Nest and the client along, a third of its start',
      severity: 'error',
      from: { path: '^src/modules/sandbox/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/modules/kube/index\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contract-is-types',
      comment: 'the control center knows the JSON of the runtime, not its code',
      severity: 'error',
      from: { path: '^src/modules/(?!kordinator/)' },
      to: { path: CONTRACT, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contract-for-the-control-center',
      comment: 'everyone else takes these types from the index of kordinator',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/modules/(kordinator|controlcenter)/' },
      to: { path: CONTRACT },
    },
    {
      name: 'bootstrap-imports-app',
      comment: 'main.*.ts name a process and start it, nothing else',
      severity: 'error',
      from: { path: '^src/main\\.' },
      to: { path: '^src/', pathNot: '^src/modules/app/' },
    },
    {
      name: 'nobody-imports-the-command-line',
      severity: 'error',
      from: { path: '^src/modules/' },
      to: { path: '^src/(cli/|main\\.)' },
    },
    {
      name: 'commands-start-fast',
      comment: 'a command imports nest-commander, render/, its option parsers and types; the rest by import() in run()',
      severity: 'error',
      from: { path: '^src/cli/commands/.*\\.command\\.ts$' },
      to: {
        dynamic: false,
        dependencyTypesNot: ['type-only'],
        pathNot: [
          packageOf('nest-commander'),
          '^src/cli/render/',
          '\\.types\\.ts$',
          '^src/cli/commands/([a-z-]+-option|arguments)\\.ts$',
        ],
      },
    },
    {
      name: 'option-parsers-are-leaves',
      severity: 'error',
      from: { path: '^src/cli/commands/([a-z-]+-option|arguments)\\.ts$' },
      to: { dependencyTypesNot: ['type-only'], pathNot: '^src/cli/render/' },
    },
    {
      name: 'pure-layers-without-nest',
      comment: 'common, schema and expression run without a framework and without I/O',
      severity: 'error',
      from: { path: anyOf([...LAYERS[0], ...LAYERS[1]]), pathNot: '\\.spec\\.ts$' },
      to: {
        path: [
          '(^|/)node_modules/@nestjs/|^@nestjs/',
          packagesOf(['reflect-metadata', 'class-validator', 'class-transformer', 'nest-commander']),
        ],
      },
    },
    {
      name: 'pure-layers-without-io',
      comment: 'but for the files that ship: the committed OpenAPI tables',
      severity: 'error',
      from: {
        path: anyOf([...LAYERS[0], ...LAYERS[1]]),
        pathNot: [TEST_CODE, '^src/modules/(common/shipped-file|schema/openapi/tables)\\.ts$'],
      },
      to: {
        dependencyTypes: ['core'],
        path: '^(node:)?(fs|net|http|https|http2|tls|dns|dgram|child_process|worker_threads|cluster)(/|$)',
      },
    },
    ...adapterRules,
    {
      name: 'source-without-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST_CODE },
      to: { path: [TEST_CODE, '^test/'] },
    },
    {
      name: 'specs-beside-the-code-without-test-folder',
      severity: 'error',
      from: { path: '^src/.*\\.spec\\.ts$' },
      to: { path: '^test/', pathNot: '^test/(vectors|fixtures)/' },
    },
    {
      name: 'what-ships-is-a-dependency',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST_CODE },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: { path: '^(src|test)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|src/modules/controlcenter/ui)/' },
    // Type imports count: an architecture is what the types know of each other.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
