// What a check tells and lets pass.
import { compile } from '../testing/katalog-source';
import { API, crd, file, reconciler } from '../testing/steps/step';

it.each([
  ['a namespace of a cluster-scoped kind', crd('namespaced: false\nnamespace: §apps'), '"namespace" has no effect'],
  ['an unlimited queue', reconciler('queue: { maxDepth: §0 }'), 'an unlimited queue grows'],
  [
    'a threshold that does not drop',
    reconciler('queue: { maxDepth: 5, behaviour: { onThreshold: { value: 50, drop: §false } } }'),
    '"drop: false" has no effect',
  ],
  [
    'default beside override',
    crd('mutation: { rules: [{ field: spec.a, default: §1, override: 2 }] }'),
    '"default" has no effect beside "override"',
  ],
  [
    'default beside override of a label of serve',
    crd('serve: { labels: { team: { default: §a, override: b } } }'),
    '"default" has no effect beside "override"',
  ],
  [
    'protection of one CRD when nothing is protected',
    crd('deletionProtection: §{ protectCRD: false }', 'security: { deletionProtection: { enabled: false } }'),
    'nothing is protected',
  ],
])('%s is a warning', (_what, text, says) => {
  const { errors, warnings, marked } = compile(text);
  expect(errors).toEqual([]);
  expect(warnings).toEqual([expect.stringContaining(says)]);
  expect(warnings[0]).toMatch(new RegExp(`^${marked ?? 'nowhere'} `));
});

it('what is not wrong is no warning', () => {
  expect(compile(file(`website:\n  ${API}`)).warnings).toEqual([]);
});

it('finds the mistakes of all rules at once, in the order of the file', () => {
  const { errors } = compile(
    crd(
      'enrichAll: true\nenrich: [pods]\nvalidation: { rules: [{ field: spec.a, message: m }] }\noperatorBox: { cross: [{}] }',
      'publish: { signing: { enabled: true } }',
    ),
  );
  expect(errors.map((line) => Number(line.split(':')[1]))).toEqual([4, 10, 11, 12]);
});

it('lets the smallest useful Katalog pass', () => {
  const { errors, warnings, katalog } = compile(`
apiVersion: orkestra.orkspace.io/v1
kind: Katalog
metadata: { name: reading-rooms }
spec:
  crds:
    room:
      apiTypes: { group: library.example, version: v1, kind: Room, plural: rooms }
      validation:
        rules:
          - { field: spec.seats, operator: gte, value: "1", message: "a room needs a seat" }
      operatorBox:
        onReconcile:
          configMaps:
            - name: "{{ .metadata.name }}-sign"
              data: { seats: "{{ .spec.seats }}" }
        status:
          fields:
            - { path: phase, value: Open, when: [{ field: spec.closed, notEquals: "true" }] }
`);
  expect([...errors, ...warnings]).toEqual([]);
  expect(katalog?.unrunnable.map(({ path }) => path)).toEqual(['spec.crds.room.validation']);
});

it('looks at no CRD that is disabled', () => {
  expect(compile(file(`a:\n  ${API}\nb:\n  enabled: false\n  enrichAll: true\n  enrich: [pods]`)).errors).toEqual([]);
});
