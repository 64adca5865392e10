// What a user can get wrong in the file: one message each, at its place, all of them at once.
import { compile, indent, katalogWith, onlyCrd, type Outcome, websiteCrd } from '../testing/katalog-source';

const CRD = websiteCrd('openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true }');

/** `§` in the text is the place where the one error has to be. */
function expectError(outcome: Outcome, message: string): void {
  expect(outcome.errors).toEqual([`${outcome.marked ?? 'no mark'} ${message}`]);
}

function document(crds: string): string {
  return `apiVersion: orkestra.orkspace.io/v1\nkind: Katalog\nmetadata: { name: demo }\nspec:\n  crds:\n${indent(crds, 4)}\n`;
}

const API_TYPES = 'apiTypes: { group: demo.orkestra.io, version: v1, kind: Website, plural: websites }';

describe('a file that is no Katalog', () => {
  it.each([
    ['§', 'the file is empty: expected kind: Katalog'],
    ['§# only a comment\n', 'the file is empty: expected kind: Katalog'],
    ['§- a\n', 'expected a map with apiVersion, kind, metadata and spec'],
    ['kind: §Catalog\n', 'expected kind: Katalog, found "Catalog" (did you mean "Katalog"?)'],
    ['§metadata: {}\n', 'expected kind: Katalog, found no kind'],
    ['kind: §Motif\n', 'a Motif is a building block: it is used through "imports" and cannot run alone'],
    [
      '§apiVersion: orkestra.orkspace.io/v1\nkind: Komposer\nmetadata: { name: all }\n',
      'the Komposer neither imports nor declares a CRD',
    ],
    ['kind: §E2E\n', 'an E2E suite is not a Katalog'],
    ['kind: §Simulate\n', 'a Simulate file is not a Katalog'],
  ])('%j', (text, message) => {
    expectError(compile(text), message);
  });

  it('knows a quoted kind, and is not fooled by a comment', () => {
    expect(compile(katalogWith('').replace('kind: Katalog', '# kind: Motif\nkind:  "Katalog"')).errors).toEqual([]);
  });

  it('names an unknown apiVersion', () => {
    const text = katalogWith('').replace('apiVersion: orkestra.orkspace.io/v1', 'apiVersion: §orkestra.orkspace.io/v2');
    expectError(
      compile(text),
      'unknown apiVersion "orkestra.orkspace.io/v2"; this version reads orkestra.orkspace.io/v1',
    );
  });

  it('refuses a number that JSON does not have where any value may stand', () => {
    const text = katalogWith('').replace('name: demo', 'name: demo\n  projects: { web: { share: [§.inf] } }');
    expectError(compile(text), '.inf is no number of JSON: quote it if a text is meant');
  });

  it('skips Kubernetes manifests beside the Katalog, and says so', () => {
    const outcome = compile(`${katalogWith('')}---\napiVersion: v1\nkind: Secret\n`);
    expect(outcome.warnings).toEqual(['katalog.yaml:10:1 skipped: a Secret is not a document of Orkestra']);
    expect(compile('apiVersion: v1\nkind: Secret\n').errors).toEqual(['katalog.yaml:1:1 the file holds no Katalog']);
  });

  it('fails with one clear sentence when it cannot be read', () => {
    expect(() => compile({ 'a.yaml': '' }, {}, ['gone.yaml'])).toThrow(/gone\.yaml: no such file$/);
  });
});

describe('YAML', () => {
  it.each([
    ['a duplicate key', `${API_TYPES}\n§${API_TYPES}`, 'the key apiTypes stands twice in one map'],
    [
      'a template without quotes',
      `${API_TYPES}\ndescription: §{{ .x }}`,
      'a value that begins with a template has to be quoted: "{{ ... }}"',
    ],
    ['a merge key', `§<<: { a: 1 }\n${API_TYPES}`, 'merge keys (<<) are not part of YAML 1.2: write the fields out'],
    ['an unknown tag', `${API_TYPES}\ndescription: §!secret x`, 'Unresolved tag: !secret'],
    ['a tab as indentation', `${API_TYPES}\n§\toperatorBox: {}`, 'Tabs are not allowed as indentation'],
  ])('%s', (_name, crd, message) => {
    const { errors, marked } = compile(document(`website:\n${indent(crd, 2)}`));
    expect(errors[0]).toBe(`${marked ?? ''} ${message}`);
  });
});

describe('fields', () => {
  it.each([
    [
      'an unknown one',
      `website:\n  ${API_TYPES}\n  §operatorBx: {}`,
      'unknown field "operatorBx" in CRD entry (did you mean "operatorBox"?)',
    ],
    [
      'a map where a list belongs',
      `website:\n  ${API_TYPES}\n  crFiles: §{ a: b }`,
      'expected a list of string without template, found a map',
    ],
    ['a list where the map of CRDs belongs', '§- name: website', 'expected a map of CRD entry, found a list'],
    ['nothing under a name', 'website:§', 'expected CRD entry, found nothing'],
    [
      'a number of workers',
      `website:\n  ${API_TYPES}\n  operatorBox: { reconciler: { workers: §51 } }`,
      'expected integer 1 to 50, found "51"',
    ],
    [
      'a duration with days',
      `website:\n  ${API_TYPES}\n  operatorBox: { reconciler: { resync: §30d } }`,
      'expected duration (units ns us ms s m h), found "30d"',
    ],
    [
      'a resync that never rests',
      `website:\n  ${API_TYPES}\n  operatorBox: { reconciler: { resync: §0s } }`,
      'expected a duration from 100ms to 576h0m0s, found "0s"',
    ],
    [
      'a finalizer without domain',
      `website:\n  ${API_TYPES}\n  operatorBox: { finalizers: [§cleanup] }`,
      'expected a finalizer such as example.org/cleanup, found "cleanup"',
    ],
    [
      'a label key with a template',
      `website:\n  ${API_TYPES}\n  labels: { §"{{ .x }}": y }`,
      '"{{ .x }}" is not a label key (and keys are never templates)',
    ],
    ['a value of a label', `website:\n  ${API_TYPES}\n  labels: { a: §"b c" }`, '"b c" is not a label value'],
    ['a selector', `website:\n  ${API_TYPES}\n  labelSelector: { app: §"a,b=c" }`, '"a,b=c" is not a label value'],
    [
      'a field selector',
      `website:\n  ${API_TYPES}\n  fieldSelector: { §.name: x }`,
      'expected a path such as metadata.name, found ".name"',
    ],
    [
      'a setting in two spellings',
      `website:\n  ${API_TYPES}\n  §workers: 3\n  operatorBox: { reconciler: { workers: 4 } }`,
      'this is operatorBox.reconciler.workers, which stands as spec.crds.website.operatorBox.reconciler.workers at katalog.yaml:9:36 already',
    ],
    [
      'a null in a list',
      `website:\n  ${API_TYPES}\n  operatorBox: { onReconcile: { deployments: [§~] } }`,
      'expected deployment, found nothing',
    ],
  ])('%s', (_name, crds, message) => {
    expectError(compile(document(crds)), message);
  });
});

describe('the identity of a CRD entry', () => {
  it.each([
    [
      'a name that is none',
      `§web_site:\n  ${API_TYPES}`,
      '"web_site" is not a name for a CRD: expected lower-case letters, digits and "-"',
    ],
    [
      'neither apiTypes nor crdFile',
      'website: §{ description: x }',
      'an entry needs "apiTypes" (group, version, kind) or "crdFile"',
    ],
    ['half of the types', 'website:\n  apiTypes: §{ group: demo.orkestra.io }', 'apiTypes: version, kind missing'],
    [
      'a group',
      'website:\n  apiTypes: { group: §demo, version: v1, kind: Website, plural: websites }',
      'expected an API group such as shop.example.org, found "demo"',
    ],
    [
      'a version',
      'website:\n  apiTypes: { group: a.b, version: §1, kind: Website, plural: websites }',
      'expected a version such as v1 or v1beta2, found "1"',
    ],
    [
      'a kind',
      'website:\n  apiTypes: { group: a.b, version: v1, kind: §website, plural: websites }',
      'expected a kind such as Website, found "website"',
    ],
    [
      'a plural',
      'website:\n  apiTypes: { group: a.b, version: v1, kind: Website, plural: §Websites }',
      'expected a plural such as websites, found "Websites"',
    ],
    [
      'one name twice',
      `website:\n  ${API_TYPES}\n§WebSite:\n  apiTypes: { group: a.b, version: v1, kind: B, plural: bs }`,
      'CRD "website" is declared at katalog.yaml:6:5 already',
    ],
    [
      'one kind twice',
      `a:\n  ${API_TYPES}\nb:\n  §${API_TYPES}`,
      'declares demo.orkestra.io/v1, Kind=Website, which "a" (line 7) declares already',
    ],
  ])('%s', (_name, crds, message) => {
    const outcome = compile(document(crds));
    expectError(
      {
        ...outcome,
        errors: outcome.errors.map((line) => line.replace(/katalog\.yaml:\d+:\d+ already/, 'katalog.yaml:6:5 already')),
      },
      message,
    );
  });

  it('holds over all files of a load', () => {
    const one = document(`website:\n  ${API_TYPES}`);
    const { errors } = compile({ 'a.yaml': one, 'b.yaml': one }, {}, ['a.yaml', 'b.yaml']);
    expect(errors).toEqual([expect.stringMatching(/^b\.yaml:6:5 CRD "website" is declared at .*a\.yaml:6:5 already$/)]);
  });

  it('wants at least one CRD', () => {
    expectError(
      compile(document('').replace('crds:', 'crds: {}').replace('spec:\n  ', 'spec:\n  §')),
      'spec.crds holds no CRD',
    );
  });
});

describe('crdFile', () => {
  const katalog = (crd: string): string => document(`website:\n${indent(crd, 2)}`);

  it.each([
    ['is missing', '', undefined, /^crdFile: crd\.yaml: no such file$/],
    ['is a URL, without a network', '', 'url', /only files of this machine can be read here/],
    ['holds something else', 'kind: ConfigMap\n', undefined, /^crdFile: crd\.yaml holds no CustomResourceDefinition$/],
    ['has no group', CRD.replace('group:', 'grp:'), undefined, /spec\.group is missing/],
    [
      'has another name',
      CRD.replace('websites.demo', 'sites.demo'),
      undefined,
      /metadata\.name has to be "websites\.demo\.orkestra\.io", found "sites\.demo\.orkestra\.io"/,
    ],
    ['has no versions', CRD.replace(/versions:[^]*/, 'versions: []'), undefined, /spec\.versions is empty/],
    [
      'has no status subresource',
      CRD.replace('subresources', 'subresorces'),
      undefined,
      /has no status subresource .* or set ignoreStatusPatch: true/,
    ],
  ])('that %s', (_name, crd, form, message) => {
    const file = form === 'url' ? 'https://example.org/crd.yaml' : 'crd.yaml';
    const outcome = compile({
      'katalog.yaml': katalog(`crdFile: §${file}`),
      ...(crd === '' ? {} : { 'crd.yaml': crd }),
    });
    expect(outcome.errors).toHaveLength(1);
    expect(outcome.errors[0]?.replace(`${outcome.marked ?? ''} `, '')).toMatch(message);
  });

  it('that is no YAML is told at its own place', () => {
    const { errors } = compile({ 'katalog.yaml': katalog('crdFile: crd.yaml'), 'crd.yaml': 'a: 1\na: 2\n' });
    expect(errors).toEqual(['crd.yaml:2:1 crdFile: the key a stands twice in one map']);
  });

  it('without status subresource will do when status is never written', () => {
    const crd = CRD.replace('subresources', 'subresorces');
    const files = { 'katalog.yaml': katalog('crdFile: crd.yaml\nignoreStatusPatch: true'), 'crd.yaml': crd };
    expect(onlyCrd(compile(files)).status.isWritten).toBe(false);
  });

  it('that is missing beside a missing plural is a warning: the cluster says the plural', () => {
    const text = document('person:\n  apiTypes: { group: a.b, version: v1, kind: §Person }\n  operatorBox: {}');
    const outcome = compile({ 'katalog.yaml': text });
    expect(outcome.errors).toEqual([]);
    expect(outcome.warnings).toEqual([expect.stringContaining(`${outcome.marked ?? ''} apiTypes.plural is missing`)]);
    expect(onlyCrd(outcome).isPluralGuessed).toBe(true);
  });

  it('gives group, version, kind, plural and scope', () => {
    const crd = CRD.replace('Namespaced', 'Cluster');
    const { resource } = onlyCrd(compile({ 'katalog.yaml': katalog('crdFile: crd.yaml'), 'crd.yaml': crd }));
    expect(resource).toEqual({
      group: 'demo.orkestra.io',
      version: 'v1',
      kind: 'Website',
      plural: 'websites',
      namespaced: false,
    });
  });

  it.each([
    ['apiTypes: { kind: §Webpage }', 'crdFile says kind "Website", found "Webpage"; leave apiTypes.kind out'],
    ['namespaced: §false', 'crdFile says scope Namespaced; leave "namespaced" out'],
  ])('contradicts %s', (line, message) => {
    expectError(compile({ 'katalog.yaml': katalog(`crdFile: crd.yaml\n${line}`), 'crd.yaml': CRD }), message);
  });

  it('of several versions: the stored one, or the served one that apiTypes asks for', () => {
    const second = CRD.slice(CRD.indexOf('    - name')).replace('v1', 'v2').replace('storage: true', 'storage: false');
    const two = `${CRD}\n${second}`;
    const version = (extra: string): string =>
      onlyCrd(compile({ 'katalog.yaml': katalog(`crdFile: crd.yaml${extra}`), 'crd.yaml': two })).gvk.version;
    expect(version('')).toBe('v1');
    expect(version('\napiTypes: { version: v2 }')).toBe('v2');
    const outcome = compile({
      'katalog.yaml': katalog('crdFile: §crd.yaml\napiTypes: { version: v3 }'),
      'crd.yaml': two,
    });
    expectError(outcome, 'crdFile: crd.yaml: serves no version "v3" (did you mean "v1"?); it serves v1, v2');
  });
});

describe('all at once', () => {
  it('tells every problem, in the order of the files, the same each time', () => {
    const text = katalogWith(
      'onReconcile:\n  deployments:\n    - name: "{{ .a"\n      image: ""\n      port: x\n  services:\n    - prot: 80\nstatus:\n  fields:\n    - { path: a..b, value: x }',
      'namespace: No',
    );
    const { errors } = compile(text);
    expect(errors.map((line) => line.replace(/katalog\.yaml:(\d+):\d+ .*/, '$1'))).toEqual([
      '9',
      '13',
      '14',
      '15',
      '17',
      '17',
      '20',
    ]);
    expect(compile(text).errors).toEqual(errors);
  });
});
