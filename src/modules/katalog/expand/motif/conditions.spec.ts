import { type JsonObject, type JsonValue } from '../../../common';
import { boxOf, configMaps, importing, input, maps } from '../../testing/motif-source';

describe('a condition of a resource of a Motif', () => {
  const entry = (conditions: string): string => maps(`{ name: c, ${conditions} }`);

  it.each<[string, string, JsonValue]>([
    ['when: [{ field: "{{ .inputs.x }}", equals: pro }]', 'pro', { name: 'c' }],
    ['when: [{ field: "{{ .inputs.x }}", equals: pro }]', 'free', null],
    ['when: [{ field: "{{ .inputs.x }}", notEquals: pro }]', 'free', { name: 'c' }],
    ['when: [{ field: "{{ .inputs.x }}", in: "a, b" }]', 'b', { name: 'c' }],
    ['when: [{ field: "{{ .inputs.x }}", in: "a, b" }]', 'c', null],
    ['when: [{ field: "{{ .inputs.x }}", greaterThan: 5 }]', '7', { name: 'c' }],
    ['when: [{ field: "{{ .inputs.x }}", greaterThan: 5 }]', '3', null],
    ['when: [{ field: "{{ .inputs.x }}", regex: "^v[0-9]" }]', 'v2', { name: 'c' }],
    ['when: [{ field: "{{ .inputs.x }}", exists: true }]', '', null],
    ['when: [{ field: "{{ .inputs.x }}", exists: false }]', '', { name: 'c' }],
    ['when: [{ field: "{{ .inputs.x }}", equals: pro, negate: true }]', 'pro', null],
    ['when: [{ field: "{{ eq .inputs.x \\"pro\\" }}", equals: true }]', 'pro', { name: 'c' }],
    ['when: [{ field: pro, equals: "{{ .inputs.x }}" }]', 'pro', { name: 'c' }],
    ['or: [{ field: "{{ .inputs.x }}", equals: a }, { field: "{{ .inputs.x }}", equals: b }]', 'b', { name: 'c' }],
    ['or: [{ field: "{{ .inputs.x }}", equals: a }, { field: "{{ .inputs.x }}", equals: b }]', 'c', null],
    [
      'when: [{ field: "{{ .inputs.x }}", equals: pro }, { field: "{{ .spec.cache }}", equals: "true" }]',
      'pro',
      { name: 'c', when: [{ field: '{{ .spec.cache }}', equals: 'true' }] },
    ],
    [
      'or: [{ field: "{{ .inputs.x }}", equals: pro }, { field: "{{ .spec.cache }}", equals: "true" }]',
      'pro',
      { name: 'c' },
    ],
    [
      'or: [{ field: "{{ .inputs.x }}", equals: pro }, { field: "{{ .spec.cache }}", equals: "true" }]',
      'free',
      { name: 'c', or: [{ field: '{{ .spec.cache }}', equals: 'true' }] },
    ],
    [
      'when: [{ field: "{{ .inputs.x }}", equals: "{{ .spec.tier }}" }]',
      'pro',
      { name: 'c', when: [{ field: '{{ "pro" }}', equals: '{{ .spec.tier }}' }] },
    ],
    ['when: [{ dayOfWeek: { weekday: true } }]', '', { name: 'c', when: [{ dayOfWeek: { weekday: true } }] }],
    [
      'when: [{ field: spec.host, operator: unique }]',
      '',
      { name: 'c', when: [{ field: 'spec.host', operator: 'unique' }] },
    ],
  ])('%s with "%s"', (conditions, x, expected) => {
    const outcome = importing(input('x') + entry(conditions), `{ x: "${x}" }`);
    expect(configMaps(outcome)).toEqual(expected === null ? [] : [expected]);
    expect(outcome.warnings.filter((warning) => warning.includes('no path of the CR'))).toEqual([]);
  });

  it('that looks like a path is taken for a text, with a warning', () => {
    const outcome = importing(entry('when: [{ field: §spec.tier, equals: gold }]'));
    expect(configMaps(outcome)).toEqual([]);
    expect(outcome.warnings).toContainEqual(
      `motif.yaml:6:34 in a resource of a Motif "spec.tier" is a text, and no path of the CR: write "{{ .spec.tier }}"`,
    );
  });

  it('with a mistake stays, and is told', () => {
    const { errors, marked } = importing(entry('when: [{ field: pro, operator: §equalls, value: pro }]'));
    expect(errors).toEqual([`${String(marked)} unknown operator "equalls" (did you mean "equals"?)`]);
  });

  it('outside of resources keeps its path, and takes an input for a text', () => {
    const motif = `${input('x')}status: { fields: [{ path: p, value: a, when: [{ field: spec.tier, equals: gold }, { field: "{{ .inputs.x }}", equals: pro }] }] }`;
    expect(boxOf(importing(motif, '{ x: pro }'))['status']).toEqual({
      fields: [
        {
          path: 'p',
          value: 'a',
          when: [
            { field: 'spec.tier', equals: 'gold' },
            { field: '{{ "pro" }}', equals: 'pro' },
          ],
        },
      ],
    });
  });

  it('of a block is one of each of its entries', () => {
    const motif = [
      'resources:',
      '  when: [{ field: "{{ .spec.a }}", equals: x }]',
      '  or: [{ field: "{{ .spec.b }}", equals: x }, { field: "{{ .spec.c }}", equals: x }]',
      '  configMaps:',
      '    - { name: c }',
      '    - { name: d, when: [{ field: "{{ .spec.d }}", equals: x }], or: [{ field: "{{ .spec.e }}", equals: x }] }',
      '  onCreate:',
      '    configMaps: [{ name: e }]',
    ].join('\n');
    const at = (name: string): JsonObject => ({ field: `{{ .spec.${name} }}`, equals: 'x' });
    const outcome = importing(motif);
    expect(configMaps(outcome)).toEqual([
      { name: 'c', when: [at('a')], or: [at('b'), at('c')] },
      { name: 'd', when: [at('a'), at('d'), at('e')], or: [at('b'), at('c')] },
    ]);
    expect(boxOf(outcome)['onCreate']).toEqual({
      configMaps: [{ name: 'e', when: [at('a')], or: [at('b'), at('c')] }],
    });
  });

  it('of a block with alternatives does not go with alternatives of an entry', () => {
    const or = '[{ field: "{{ .spec.b }}", equals: x }, { field: "{{ .spec.c }}", equals: x }]';
    const { errors, marked } = importing(`resources:\n  or: ${or}\n  configMaps:\n    - name: c\n      or: §${or}\n`);
    expect(errors).toEqual([expect.stringContaining(`${String(marked)} this entry and its block have alternatives`)]);
  });
});
