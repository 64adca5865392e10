// Komposers over files: what is imported, what an override changes, and what is said about mistakes.
import { compile, indent, katalogWith, onlyCrd, type Outcome } from '../../testing/katalog-source';

const CONTENT = 'onReconcile: { configMaps: [{ name: a, data: { from: base } }] }';
const WEBSITE = katalogWith(CONTENT);
const SHOP = katalogWith('onReconcile: { configMaps: [{ name: b, data: { a: "1" } }] }')
  .replace('website:', 'shop:')
  .replaceAll('Website', 'Shop')
  .replaceAll('websites', 'shops');

function komposer(imports: string, spec = '', top = ''): string {
  return [
    'apiVersion: orkestra.orkspace.io/v1',
    'kind: Komposer',
    'metadata: { name: all }',
    'imports:',
    indent(imports, 2),
    ...(spec === '' ? [] : ['spec:', '  crds:', indent(spec, 4)]),
    top,
    '',
  ].join('\n');
}

function compose(root: string, others: Readonly<Record<string, string>>): Outcome {
  return compile({ 'komposer.yaml': root, ...others }, {}, ['komposer.yaml']);
}

const BOTH = { 'website.yaml': WEBSITE, 'parts/shop.yaml': SHOP };

describe('a Komposer', () => {
  it('makes one Katalog of the files that it imports, with its own metadata', () => {
    const { katalog, errors } = compose(komposer('files: [website.yaml, { url: parts/shop.yaml }]'), BOTH);
    expect(errors).toEqual([]);
    expect(katalog?.name).toBe('all');
    expect(katalog?.crds.map(({ name }) => name)).toEqual(['website', 'shop']);
    expect(katalog?.expanded).toMatchObject({ kind: 'Katalog', metadata: { name: 'all' } });
    expect(katalog?.expanded).not.toHaveProperty('imports');
    expect(katalog?.documents).toEqual([expect.objectContaining({ kind: 'Komposer' })]);
  });

  it('has the hash of the Katalog that it makes', () => {
    const { katalog } = compose(komposer('files: [website.yaml]'), BOTH);
    const same = compile(JSON.stringify(katalog?.expanded));
    expect(same.errors).toEqual([]);
    expect(same.katalog?.hash).toBe(katalog?.hash);
  });

  it('adds CRDs of its own, which may depend on imported ones', () => {
    const own = [
      'extra:',
      '  apiTypes: { group: demo.orkestra.io, version: v1, kind: Extra, plural: extras }',
      '  dependsOn: [website]',
    ].join('\n');
    const { katalog, errors } = compose(komposer('files: [website.yaml]', own), BOTH);
    expect(errors).toEqual([]);
    expect(katalog?.crds.map(({ name }) => name)).toEqual(['website', 'extra']);
  });

  it('overrides what it declares of an imported CRD, and leaves the rest', () => {
    const override = [
      'website:',
      '  labels: { team: web }',
      '  operatorBox:',
      '    reconciler: { workers: 7 }',
      '    finalizers: [example.org/b]',
    ].join('\n');
    const base = katalogWith(
      `reconciler: { workers: 2, resync: 60s, queue: { maxDepth: 9 } }\nfinalizers: [example.org/a]\n${CONTENT}`,
      'labels: { a: b }\nendpoints: { info: false }',
    );
    const crd = onlyCrd(compose(komposer('files: [website.yaml]', override), { 'website.yaml': base }));
    expect(crd).toMatchObject({
      workers: { value: 7 },
      resyncMs: { value: 60_000 },
      maxQueueDepth: { value: 9 },
      finalizers: ['example.org/a', 'example.org/b'],
      endpoints: { info: false, health: true },
    });
    expect(crd.labels.map(({ key }) => key)).toEqual(['team']);
    expect(crd.onReconcile.entries).toHaveLength(1);
  });

  it('replaces a block as a whole', () => {
    const override =
      'website:\n  operatorBox: { onReconcile: { services: [{ name: s, port: 80, selector: { app: a } }] } }';
    const crd = onlyCrd(compose(komposer('files: [website.yaml]', override), BOTH));
    expect(crd.onReconcile.entries.map(({ facts }) => facts.listKey)).toEqual(['services']);
  });

  it('changes one key of apiTypes when it names no kind', () => {
    const crd = onlyCrd(compose(komposer('files: [website.yaml]', 'website: { apiTypes: { version: v2 } }'), BOTH));
    expect(crd.gvk).toEqual({ group: 'demo.orkestra.io', version: 'v2', kind: 'Website' });
  });

  it('can disable a CRD, never enable one', () => {
    const disabled = { ...BOTH, 'website.yaml': katalogWith(CONTENT, 'enabled: false') };
    const off = compose(komposer('files: [website.yaml, parts/shop.yaml]', 'website: { enabled: false }'), BOTH);
    expect(off.katalog?.crds.map(({ name }) => name)).toEqual(['shop']);
    const on = compose(komposer('files: [website.yaml]', 'website: { enabled: §true }'), disabled);
    expect(on.errors).toEqual([
      `${on.marked ?? ''} the imported Katalog disables this CRD: an override can disable, never enable`,
    ]);
  });

  it('gives its own notes and settings in the place of imported ones of that name', () => {
    const notes = (expression: string): string =>
      `notes: { functions: [{ name: tier, expression: "${expression}" }] }\n`;
    const base = katalogWith('onReconcile: { configMaps: [{ name: a, data: { a: "{{ tier }}" } }] }') + notes('base');
    const { katalog, errors } = compose(komposer('files: [website.yaml]', '', notes('own')), { 'website.yaml': base });
    expect(errors).toEqual([]);
    expect(katalog?.notes.map(({ expression }) => expression)).toEqual(['own']);
  });

  it('tells of each CRD which Katalog it came from', () => {
    const of = (text: string, metadata: string): string => text.replace('name: demo', `name: demo\n  ${metadata}`);
    const files = {
      'website.yaml': of(WEBSITE, 'namespace: pages\n  version: 1.20.0\n  description: Pages'),
      'parts/shop.yaml': of(SHOP, 'namespace: trade').replace(
        '  crds:\n    shop:\n',
        '$&      katalogNamespace: older\n',
      ),
    };
    const { katalog, errors } = compose(komposer('files: [website.yaml, parts/shop.yaml]'), files);
    expect(errors).toEqual([]);
    expect(katalog?.crds.map(({ katalogNamespace }) => katalogNamespace)).toEqual(['pages', 'older']);
    expect(katalog?.crds[0]?.definition).toMatchObject({ katalogDescription: 'Pages', katalogVersion: '1.20.0' });
  });

  it('keeps finalizers of an imported document to its own CRDs', () => {
    const first = WEBSITE.replace('spec:\n', 'spec:\n  finalizers: [example.org/a]\n');
    const { katalog } = compose(komposer('files: [website.yaml, parts/shop.yaml]'), { ...BOTH, 'website.yaml': first });
    expect(katalog?.crds.map(({ finalizers }) => finalizers)).toEqual([['example.org/a'], []]);
  });
});

describe('a value that came from another file', () => {
  it('names that file and the place that imports it', () => {
    const bad = katalogWith('onReconcile: { configMaps: [{ name: a, dta: {} }] }');
    const { problems, errors } = compose(komposer('files: [website.yaml]'), { 'website.yaml': bad });
    expect(errors).toEqual([expect.stringMatching(/^website\.yaml:10:\d+ unknown field "dta" .*did you mean "data"/)]);
    expect(problems[0]?.position.usedAt).toMatchObject({ line: 5, column: 11 });
  });
});

describe('imports that are wrong', () => {
  it.each<[string, string, string, Readonly<Record<string, string>>]>([
    ['a file that is not there', 'files: [§none.yaml]', 'files: none.yaml: no such file', {}],
    ['a Komposer', 'files: [§other.yaml]', 'other.yaml:1:1 is a Komposer', { 'other.yaml': komposer('files: []') }],
    [
      'a variable that is not set',
      'files: [§$NO_SUCH_VARIABLE]',
      'the environment variable NO_SUCH_VARIABLE is not set',
      {},
    ],
    [
      'credentials for a file',
      'files: [{ url: website.yaml, auth: §{ type: bearer, fromEnv: A } }]',
      '"auth" is for URLs',
      {},
    ],
    [
      'credentials without a variable',
      'files: [{ url: "https://a.example", auth: §{ type: bearer } }]',
      'auth of type bearer needs "fromEnv"',
      {},
    ],
    [
      'basic credentials without a user',
      'registry: [{ url: "oci://a.example/b", auth: §{ type: basic, fromEnv: A } }]',
      'needs "usernameFromEnv"',
      {},
    ],
    ['an unknown source', '§fils: [website.yaml]', 'unknown field "fils" in imports (did you mean "files"?)', {}],
    [
      'a source that needs a network',
      'files: [§"https://example.org/k.yaml"]',
      'only files of this machine can be read here',
      {},
    ],
    [
      'a chart without a version',
      'helm: [§{ repo: "https://a.example", chart: b }]',
      'missing required field "version"',
      {},
    ],
  ])('%s', (_name, imports, message, others) => {
    const { errors, marked } = compose(komposer(imports), { ...BOTH, ...others });
    expect(errors).toContainEqual(expect.stringContaining(message));
    expect(errors.find((line) => line.includes(message))).toContain(`${marked ?? ''} `);
  });

  it('one CRD from two files', () => {
    const { errors } = compose(komposer('files: [website.yaml, copy.yaml]'), { ...BOTH, 'copy.yaml': WEBSITE });
    expect(errors).toEqual([
      expect.stringMatching(/^copy\.yaml:7:5 CRD "website" is declared at .*website\.yaml:7:5 already$/),
    ]);
  });

  it('two files that set one thing in two ways', () => {
    const gateway = (endpoint: string): string => `gateway: { endpoint: "${endpoint}" }\n`;
    const { errors } = compose(komposer('files: [website.yaml, parts/shop.yaml]'), {
      'website.yaml': WEBSITE + gateway('http://a.example'),
      'parts/shop.yaml': SHOP + gateway('http://b.example'),
    });
    expect(errors).toContainEqual(
      expect.stringMatching(/^parts\/shop\.yaml:11:\d+ gateway\.endpoint is set at .* in another way$/),
    );
  });

  it('imports of a Katalog', () => {
    const { errors, marked } = compile(`${WEBSITE}imports: §{ files: [a.yaml] }\n`);
    expect(errors).toEqual([`${marked ?? ''} a Katalog has no "imports": only a Komposer imports Katalogs`]);
  });

  it('nothing at all', () => {
    expect(compose(komposer('files: []'), {}).errors).toContainEqual(
      'komposer.yaml:1:1 the Komposer neither imports nor declares a CRD',
    );
  });
});
