// What a Komposer says of Katalogs that are not far yet, or that go away.
import { compile, katalogWith, type Outcome } from '../../testing/katalog-source';

const CRD = katalogWith('onReconcile: { configMaps: [{ name: a, data: { a: b } }] }').replace(
  'name: demo',
  'name: web\n  author: ana\n  version: 1.2.0',
);

/** Imports a Katalog with this lifecycle. */
function imported(lifecycle: string, komposer = ''): Outcome {
  const root = `apiVersion: orkestra.orkspace.io/v1\nkind: Komposer\nmetadata: { name: all }\nimports: { files: [§web.yaml] }\n${komposer}`;
  return compile({ 'komposer.yaml': root, 'web.yaml': `${CRD}lifecycle: ${lifecycle}\n` }, {}, ['komposer.yaml']);
}

const MINIMUM = 'policy: { lifecycle: { minMaturity: beta } }\n';
const accept = (item: string): string => `lifecycle: { accept: { patterns: [{ ${item} }] } }\n`;
const PAST = '{ timeline: { from: 2020-01-01, to: 2020-06-30 }, migratedTo: oci://r.example/web2 }';

it.each([
  ['stable', '{ maturity: stable }', ''],
  ['silent', '{}', MINIMUM],
  ['far enough', '{ maturity: beta }', MINIMUM],
  ['deprecated one day', '{ deprecation: { timeline: { from: 2999-01-01 } } }', ''],
])('a Katalog that is %s is imported without a word', (_name, lifecycle, komposer) => {
  expect(imported(lifecycle, komposer)).toMatchObject({ errors: [], warnings: [] });
});

it.each([
  ['not stable', '{ maturity: alpha }', '', 'the Katalog "web" is alpha, which may change'],
  [
    'accepted',
    `{ deprecation: ${PAST} }`,
    accept('name: web'),
    'deprecated and at its end since 2020-06-30; use oci://r.example/web2',
  ],
  [
    'accepted of this author',
    '{ maturity: deprecated }',
    accept('name: web, author: ana'),
    'the Katalog "web" is deprecated',
  ],
])('a Katalog that is %s is imported with a warning', (_name, lifecycle, komposer, message) => {
  const { errors, warnings, marked } = imported(lifecycle, komposer);
  expect(errors).toEqual([]);
  expect(warnings).toEqual([expect.stringContaining(`${marked ?? ''} `)]);
  expect(warnings[0]).toContain(message);
});

it('an acceptance of other versions is told', () => {
  const { errors, warnings } = imported('{ maturity: deprecated }', accept('name: web, version: "<1.0.0"'));
  expect(errors).toEqual([]);
  expect(warnings).toContainEqual(
    expect.stringContaining('the import has version 1.2.0, which this acceptance does not cover'),
  );
});

it.each([
  ['below the policy', '{ maturity: alpha }', MINIMUM, 'is alpha: policy.lifecycle.minMaturity asks for beta'],
  [
    'deprecated',
    '{ maturity: deprecated }',
    '',
    'is deprecated; lifecycle.accept.patterns of the Komposer can accept it',
  ],
  ['at its end', `{ deprecation: ${PAST} }`, '', 'at its end since 2020-06-30'],
  [
    'deprecated for a while',
    '{ deprecation: { timeline: { to: 2999-01-01 } } }',
    '',
    'is deprecated, until 2999-01-01',
  ],
  ['accepted of another author', '{ maturity: deprecated }', accept('name: web, author: bob'), 'is deprecated'],
])('a Katalog that is %s is refused', (_name, lifecycle, komposer, message) => {
  const { errors, marked } = imported(lifecycle, komposer);
  expect(errors).toEqual([expect.stringContaining(message)]);
  expect(errors[0]).toContain(`${marked ?? ''} `);
});
