import { builtinFunctions, FunctionRegistry, type NoteSpec } from '../../expression';
import { compile, indent, katalogWith, type Outcome } from '../testing/katalog-source';

describe('templates of an entry', () => {
  const clockNote: NoteSpec = {
    name: 'today',
    domain: 't',
    params: [],
    result: 'string',
    doc: '',
    example: '',
    purity: 'clock',
    call: () => 'd',
  };
  const randomNote: NoteSpec = { ...clockNote, name: 'dice', purity: 'random', call: () => 'r' };
  const functions = new FunctionRegistry([...builtinFunctions.all(), clockNote, randomNote]);
  const withEntry = (phase: string, entry: string): Outcome =>
    compile(katalogWith(`${phase}:\n  configMaps:\n    - §${entry}`), { functions });

  it.each([
    ['onReconcile', '{ name: a, data: { k: "{{ dice }}" } }', /^random notes are allowed only in "once" entries/],
    ['onCreate', '{ name: a, reconcile: true, data: { k: "{{ dice }}" } }', /^random notes are allowed only/],
    ['onCreate', '{ name: "a-{{ dice }}" }', /^the name is random/],
    ['onCreate', '{ name: a, namespace: "{{ dice }}" }', /^the name is random/],
    ['onCreate', '{ name: a, when: [{ field: "{{ dice }}", equals: r }] }', /^a condition is random/],
  ])('%s %s is refused', (phase, entry, message) => {
    const { errors, marked } = withEntry(phase, entry);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.replace(`${marked ?? ''} `, '')).toMatch(message);
  });

  it.each([
    ['onCreate', '{ name: a, data: { k: "{{ dice }}" } }'],
    ['onReconcile', '{ name: a, once: true, data: { k: "{{ dice }}" } }'],
    ['onCreate', '{ name: a, data: { k: "{{ today }}" } }'],
  ])('%s %s is right', (phase, entry) => {
    const { errors, warnings } = withEntry(phase, entry);
    expect([...errors, ...warnings]).toEqual([]);
  });

  it.each([
    ['onReconcile', '{ name: a, data: { k: "{{ today }}" } }', /^reads the clock/],
    ['onCreate', '{ name: "a-{{ today }}" }', /^the name reads the clock/],
    ['onReconcile', '{ name: a, when: [{ time: { after: "9:00" } }] }', /^a condition reads the clock/],
  ])('%s %s is a warning', (phase, entry, message) => {
    const { warnings, marked } = withEntry(phase, entry);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.replace(`${marked ?? ''} `, '')).toMatch(message);
  });

  it.each([
    ['a literal block', 'message: |\n  one\n  two §{{ nope }}'],
    ['a folded block', 'message: >-\n  one\n  two\n  §{{ nope }}'],
    ['a quoted text', `message: "a \\" §{{ nope }}"`],
    ['a single quoted text', "message: 'it''s §{{ nope }}'"],
    ['a quoted text over two lines', 'message: "one\n  two §{{ nope }}"'],
  ])('are located inside of %s', (_name, data) => {
    const text = katalogWith(`onReconcile:\n  configMaps:\n    - name: a\n      data:\n${indent(data, 8)}`);
    const { errors, marked } = compile(text);
    const [line = '', column = ''] = (marked ?? '').split(':').slice(1);
    expect(errors).toEqual([`katalog.yaml:${line}:${Number(column) + 3} template: function "nope" is not defined`]);
  });
});
