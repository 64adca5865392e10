import { compile, katalogWith } from '../testing/katalog-source';

const status = (...fields: readonly string[]): string =>
  `status:\n  fields:\n${fields.map((field) => `    - { ${field} }`).join('\n')}`;
const is = (field: string, value: string): string => `when: [{ field: ${field}, equals: ${value} }]`;
const not = (field: string, value: string): string => `when: [{ field: ${field}, notEquals: ${value} }]`;

describe('a status that never comes to rest', () => {
  it.each([
    [
      'two values that give way to each other',
      status(`path: phase, value: A, ${not('status.phase', 'A')}`, `path: phase, value: B, ${is('status.phase', 'A')}`),
      'status.phase never comes to rest: each pass writes what changes the conditions of the next one ("A", "B", "A", ...)',
    ],
    [
      'one that clears itself',
      status(`path: phase, value: A, clearOnFalse: true, ${not('status.phase', 'A')}`),
      'status.phase never comes to rest: each pass writes what changes the conditions of the next one ("A", nothing, "A", ...)',
    ],
    [
      'a chain of fields',
      status(
        `path: a, value: on, ${not('status.b', 'on')}`,
        `path: a, value: "off", ${is('status.b', 'on')}`,
        'path: b, value: "{{ .status.a }}"',
      ),
      'status.a never comes to rest',
    ],
    [
      'a circle of states',
      status(
        `path: p, value: A, when: [{ field: status.p, notExists: true }]`,
        `path: p, value: B, ${is('status.p', 'A')}`,
        `path: p, value: C, ${is('status.p', 'B')}`,
        `path: p, value: A, ${is('status.p', 'C')}`,
      ),
      '("A", "B", "C", "A", ...)',
    ],
    [
      'numbers',
      status(
        'path: n, value: "1", type: int, when: [{ field: status.n, lessThan: 1 }]',
        'path: n, value: "0", type: int, when: [{ field: status.n, min: 1 }]',
      ),
      '("1", "0", "1", ...)',
    ],
  ])('%s is an error', (_what, box, message) => {
    const { errors } = compile(katalogWith(box));
    expect(errors).toEqual([expect.stringContaining(message)]);
  });

  it('for some resources only is a warning that says for which', () => {
    const box = status(
      'path: p, value: A, when: [{ field: status.p, notEquals: A }, { field: spec.mode, equals: blink }]',
      `path: p, value: B, ${is('status.p', 'A')}`,
    );
    const { errors, warnings } = compile(katalogWith(box));
    expect(errors).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('status.p never comes to rest when spec.mode is "blink": ')]);
  });
});

it.each([
  ['a latch', status(`path: phase, value: A, ${not('status.phase', 'A')}`)],
  ['a latch that is set once', status('path: since, value: x, when: [{ field: status.since, notExists: true }]')],
  [
    'states that move on',
    status(
      `path: p, value: Pending, when: [{ field: status.p, notExists: true }]`,
      `path: p, value: Running, ${is('status.p', 'Pending')}`,
      `path: p, value: Done, ${is('status.p', 'Running')}`,
    ),
  ],
  [
    'states that the resource chooses',
    status(
      'path: p, value: A, when: [{ field: status.p, notEquals: A }, { field: spec.on, equals: "true" }]',
      'path: p, value: B, when: [{ field: status.p, equals: A }, { field: spec.on, notEquals: "true" }]',
    ),
  ],
  [
    'states that children choose',
    status(
      'path: p, value: A, when: [{ field: status.p, notEquals: A }, { field: "{{ .spec.on }}", equals: x }]',
      `path: p, value: B, ${is('status.p', 'A')}`,
    ),
  ],
  ['a field that shows another one', status('path: a, value: x', 'path: b, value: "{{ .status.a }}"')],
  ['a field that keeps itself', status('path: a, value: "{{ .status.a }}"')],
  [
    'a counter that ends',
    status('path: n, value: "{{ add (toInt .status.n) 1 }}", type: int, when: [{ field: status.n, lessThan: 5 }]'),
  ],
  [
    'a field that another controller writes',
    status(`path: a, value: x, ${is('status.other', 'x')}`, `path: a, value: y, ${not('status.other', 'x')}`),
  ],
])('%s is none', (_what, box) => {
  const { errors, warnings } = compile(katalogWith(box));
  expect([...errors, ...warnings]).toEqual([]);
});
