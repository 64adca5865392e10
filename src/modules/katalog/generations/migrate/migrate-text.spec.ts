import { ProblemList } from '../../../common';
import { parseYamlDocuments } from '../../source/parse-yaml';
import { toJson } from '../../source/to-json';
import { golden } from '../../testing/golden';
import { migrateText } from './migrate-text';

const HEAD = 'kind: Katalog\nspec:\n  crds:\n    web:\n';

function migrated(text: string): { readonly text: string; readonly errors: readonly string[] } {
  const { text: after, problems } = migrateText(text, 'k.yaml');
  return {
    text: after,
    errors: problems.errors.map(
      ({ code, message, position }) => `${code} ${position.line}:${position.column} ${message}`,
    ),
  };
}

/** The body of a CRD entry, indented as it stands there. */
function entry(body: string): string {
  const { text, errors } = migrated(HEAD + body);
  expect(errors).toEqual([]);
  expect(migrated(text)).toEqual({ text, errors: [] });
  return text.slice(HEAD.length);
}

const meaning = (text: string): unknown => parseYamlDocuments(text, 'k.yaml', new ProblemList()).map(toJson);

describe('a rewritten file', () => {
  it.each(['first', 'third'])('of the %s generation means what the canonical one means', (generation) => {
    const { text, errors } = migrated(golden(`generations/${generation}.katalog.yaml`));
    expect(errors).toEqual([]);
    expect(meaning(text)).toEqual(meaning(golden('generations/canonical.katalog.yaml')));
    expect(migrateText(text, 'k.yaml').problems.warnings).toEqual([]);
  });

  it('is the same when there is nothing to do', () => {
    const text = golden('generations/canonical.katalog.yaml');
    expect(migrated(text)).toEqual({ text, errors: [] });
  });

  it('has the new key and nothing else changed', () => {
    expect(
      entry(`      operatorBox:
        onReconcile:
          deployments:
            - name:   "a"   # odd spaces stay
              anyOf:  # either
                - {field: spec.a,   equals: 'b'}

          # lists
          configmaps:
          - &one {name: x, data: {anyOf: "y"}}
`),
    ).toBe(`      operatorBox:
        onReconcile:
          deployments:
            - name:   "a"   # odd spaces stay
              or:  # either
                - {field: spec.a,   equals: 'b'}

          # lists
          configMaps:
          - &one {name: x, data: {anyOf: "y"}}
`);
  });

  it('has values in a new block where they stood', () => {
    expect(
      entry(`      apiTypes: {kind: Web}
      # many
      workers: 4 # at once
      resync: 30s

      queue:
        # how long
        maxQueueDepth: 5
      labels: {}
`),
    ).toBe(`      apiTypes: {kind: Web}
      operatorBox:
        reconciler:
          # many
          workers: 4 # at once
          resync: 30s
          queue:
            # how long
            maxDepth: 5

      labels: {}
`);
  });

  it('has values in a block that is there', () => {
    expect(
      entry(`      workers: 4
      operatorBox:
        onCreate: {}
        reconciler:
          resync: 30s # slow
        status: {}
`),
    ).toBe(`      operatorBox:
        onCreate: {}
        reconciler:
          resync: 30s # slow
          workers: 4
        status: {}
`);
  });

  it('has a new block before what it is for', () => {
    expect(
      entry(`      workers: 4
      operatorBox:
        # first
        onCreate: {}
`),
    ).toBe(`      operatorBox:
        reconciler:
          workers: 4
        # first
        onCreate: {}
`);
  });

  it('has blocks of the third generation in the order in which they were', () => {
    expect(
      entry(`      operatorBox:
        # what it does
        reconcile:
          workers: 2
          # once
          onCreate:
            configMaps: []
          onReconcile:
            custom:
              - spec:
                  text: |
                    a
                      b

          onDelete: {}
        # about the process
        runtime: # of Orkestra
          # away
          finalizers: [a.b/c]
        emit:
          status: {fields: [{path: a, value: b, anyOf: []}]}
`),
    ).toBe(`      operatorBox:
        # what it does
        reconciler:
          workers: 2
        # once
        onCreate:
          configMaps: []
        onReconcile:
          custom:
            - spec:
                text: |
                  a
                    b

        onDelete: {}
        # about the process
        # of Orkestra
        # away
        finalizers: [a.b/c]
        status: {fields: [{path: a, value: b, or: []}]}
`);
  });

  it.each([
    [
      'in braces',
      '      { workers: 4, labels: {a: b} }\n',
      '      { operatorBox: { reconciler: { workers: 4 } }, labels: {a: b} }\n',
    ],
    [
      'into braces',
      '      workers: 4\n      operatorBox: { onCreate: {} }\n',
      '      operatorBox: { onCreate: {}, reconciler: { workers: 4 } }\n',
    ],
    [
      'into empty braces',
      '      operatorBox: {}\n      workers: 4\n',
      '      operatorBox: { reconciler: { workers: 4 } }\n',
    ],
    [
      'below a key without value',
      '      operatorBox:\n      workers: 4\n',
      '      operatorBox:\n        reconciler:\n          workers: 4\n',
    ],
    [
      'a block into braces, which become a block',
      '      operatorBox: { onCreate: {}, onDelete: {} }\n      queue:\n        # deep\n        maxDepth: 3\n',
      '      operatorBox:\n        reconciler:\n          queue:\n            # deep\n            maxDepth: 3\n        onCreate: {}\n        onDelete: {}\n',
    ],
    [
      'out of braces',
      '      operatorBox: { reconcile: { imports: [a], workers: 1 } }\n',
      '      operatorBox: { reconciler: { workers: 1 } }\n      imports: [a]\n',
    ],
    [
      'without end of line',
      '      labels: {}\n      workers: 4',
      '      labels: {}\n      operatorBox:\n        reconciler:\n          workers: 4\n',
    ],
    [
      'an empty block',
      '      operatorBox:\n        onCreate: {}\n        runtime: {}\n',
      '      operatorBox:\n        onCreate: {}\n',
    ],
    [
      'fields of two blocks',
      '      operatorBox:\n        reconciler:\n          workers: 1\n        reconcile:\n          resync: 1s\n',
      '      operatorBox:\n        reconciler:\n          workers: 1\n          resync: 1s\n',
    ],
    [
      'a text of several lines',
      '      idp:\n        target: {}\n      operatorBox:\n        emit:\n          status:\n            fields:\n              - value: >-\n                  a\n                  b\n                path: c\n          events: []\n',
      '      serve:\n        target: {}\n      operatorBox:\n        status:\n          fields:\n            - value: >-\n                a\n                b\n              path: c\n        events: []\n',
    ],
  ])('moves a value %s', (_what, before, after) => {
    expect(entry(before)).toBe(after);
  });

  it('keeps the line ends of Windows and the mark of the byte order', () => {
    const text = `\ufeff${HEAD}      workers: 4\n      labels: {}\n`.replaceAll('\n', '\r\n');
    expect(migrated(text).text).toBe(
      `\ufeff${HEAD}      operatorBox:\n        reconciler:\n          workers: 4\n      labels: {}\n`.replaceAll(
        '\n',
        '\r\n',
      ),
    );
  });

  it('is rewritten in each of its documents, and those of others stay', () => {
    const other = 'kind: ConfigMap\nspec: {crds: {web: {workers: 4}}}\n';
    const text = `# first\n${HEAD}      idp: {}\n---\n${other}---\n# last\n${HEAD}      idp: {}\n...\n`;
    expect(migrated(text).text).toBe(text.replaceAll('      idp', '      serve'));
  });

  it('keeps anchors, and rewrites what they stand for once', () => {
    expect(
      entry(`      operatorBox: &box
        onCreate:
          configmaps: []
    two:
      operatorBox: *box
`),
    ).toBe(`      operatorBox: &box
        onCreate:
          configMaps: []
    two:
      operatorBox: *box
`);
  });
});

describe('a file that is left as it is', () => {
  it.each([
    ['that is no YAML', 'kind: Katalog\nspec: {\n', 'ORK1001'],
    [
      'with a setting in two spellings',
      `${HEAD}      workers: 4\n      operatorBox: {reconciler: {workers: 5}}\n`,
      'ORK1502',
    ],
    ['with an unknown field in a deprecated block', `${HEAD}      operatorBox: {runtime: {x: 5}}\n`, 'ORK1503'],
    [
      'with an alias that hides the target',
      `${HEAD}      operatorBox: &box {onCreate: {}}\n    two:\n      workers: 4\n      operatorBox: *box\n`,
      'ORK1504 7:7 this can only be rewritten by hand',
    ],
    [
      'with comments in braces that would have to go',
      `${HEAD}      operatorBox: { # why\n        onCreate: {} }\n      queue:\n        maxDepth: 4\n`,
      'ORK1504 7:7 this can only be rewritten by hand',
    ],
  ])('is one %s', (_what, text, message) => {
    const { text: after, errors } = migrated(text);
    expect(after).toBe(text);
    expect(errors.join('\n')).toContain(message);
  });
});
