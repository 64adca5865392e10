// The schema against the decoder: what the language takes, the schema takes.
import Ajv from 'ajv';
import { parse } from 'yaml';
import { resourceKinds } from '../../resources';
import { FIELD_CASES, SMALLEST } from '../testing/field-cases';
import { golden } from '../testing/golden';
import { indent, katalogWith, MARK } from '../testing/katalog-source';
import { schemaAt } from './index';

const validate = new Ajv({ strict: false, allErrors: true }).compile(schemaAt('katalog'));

function problemsOf(yaml: string): readonly string[] {
  validate(parse(yaml.replaceAll(MARK, '')));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function definition(name: string): unknown {
  return (schemaAt('katalog')['definitions'] as Readonly<Record<string, unknown>>)[name];
}

const withNotes = (notes: string): string => `${katalogWith('onCreate: {}')}\nnotes:\n  functions: ${notes}\n`;
const withCrd = (crd: string): string => katalogWith('onCreate: {}', crd);

describe('the JSON Schema of a Katalog', () => {
  it.each(resourceKinds.map(({ facts }) => facts.listKey))('takes every field of %s', (listKey) => {
    for (const { right } of FIELD_CASES[listKey] ?? []) {
      const given = right.split('\n').map((line) => line.split(':')[0]);
      const rest = Object.entries(SMALLEST[listKey] ?? {}).filter(([key]) => !given.includes(key));
      const entry = [...rest.map(([, line]) => line), right].join('\n');
      expect([right, problemsOf(katalogWith(`onReconcile:\n  ${listKey}:\n    -\n${indent(entry, 6)}`))]).toEqual([
        right,
        [],
      ]);
    }
  });

  it('takes a Katalog of every block', () => {
    expect(problemsOf(golden('shop.katalog.yaml'))).toEqual([]);
  });

  it.each(['first', 'third'])('takes the spellings of the %s generation', (generation) => {
    expect(problemsOf(golden(`generations/${generation}.katalog.yaml`))).toEqual([]);
  });

  it('tells editors what to write instead of a deprecated spelling', () => {
    expect(definition('CRD-entry')).toMatchObject({
      properties: { workers: { deprecationMessage: 'write operatorBox.reconciler.workers' } },
    });
    expect(problemsOf(withCrd('workers: 51')).join('\n')).toContain('must be <= 50');
  });

  it.each([
    ['both forms of notes', withNotes('{ a: "x" }')],
    ['both forms of notes', withNotes('[{ name: a, expression: x }]')],
    ['both forms of dependsOn', withCrd('dependsOn: [shop]')],
    ['both forms of dependsOn', withCrd('dependsOn: { shop: healthy }')],
    ['both forms of a dependency', withCrd('dependsOn: { shop: { condition: started } }')],
    ['a quoted boolean', withCrd('enabled: "true"')],
    ['a boolean among words', katalogWith('status: { conditions: true }')],
    ['a word in any case', katalogWith('status: { fields: [{ path: a, value: b, type: Int }] }')],
    ['a key without value', withCrd('description:')],
    ['a number where a text is meant', withCrd('description: 5')],
  ])('takes %s', (_what, yaml) => {
    expect(problemsOf(yaml)).toEqual([]);
  });

  it.each([
    ['an unknown key', withCrd('descripton: x'), 'must NOT have additional properties'],
    ['a wrong word', withCrd('mode: static'), 'must be equal to one of the allowed values'],
    ['a number out of bounds', katalogWith('reconciler: { workers: 51 }'), 'must be <= 50'],
    ['a template where none may be', withCrd('description: "{{ .x }}"'), 'must match pattern'],
    ['what is not supported yet', katalogWith('onCreate: { git: {} }'), 'must NOT be valid'],
  ])('refuses %s', (_what, yaml, message) => {
    expect(problemsOf(yaml).join('\n')).toContain(message);
  });
});
