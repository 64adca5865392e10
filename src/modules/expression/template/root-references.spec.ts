import { rootReferences, templateParts } from './root-references';

describe('rootReferences', () => {
  it.each<[string, readonly (readonly [string, string | undefined, string | undefined])[]]>([
    ['{{ .inputs.a }}', [['.inputs.a', 'a', '{{ .inputs.a }}']]],
    [
      'x-{{.inputs.a}}-{{ $.inputs.b }}',
      [
        ['.inputs.a', 'a', '{{.inputs.a}}'],
        ['$.inputs.b', 'b', '{{ $.inputs.b }}'],
      ],
    ],
    ['{{ inputs.a }}', [['inputs.a', 'a', '{{ inputs.a }}']]],
    ['{{- .inputs.a -}}', [['.inputs.a', 'a', undefined]]],
    ['{{ upper .inputs.a | trim }}', [['.inputs.a', 'a', undefined]]],
    ['{{ if eq .inputs.a "x" }}y{{ end }}', [['.inputs.a', 'a', undefined]]],
    ['{{ printf "%s" (.inputs.a) }}', [['.inputs.a', 'a', undefined]]],
    ['{{ index .inputs "a" }}', [['.inputs', undefined, undefined]]],
    ['{{ .inputs.a.b }}', [['.inputs.a', 'a', undefined]]],
    ['{{ .spec.inputs.a }}{{ $x.inputs.a }}{{ (f).inputs.a }}{{ ".inputs.a" }}{{/* .inputs.a */}}.inputs.a', []],
    ['{{ inputs }}', []],
    ['{{ .inputs.a }}{{ if', [['.inputs.a', 'a', '{{ .inputs.a }}']]],
  ])('finds in %s', (source, expected) => {
    const found = rootReferences(source, 'inputs').map(({ key, start, end, action }) => [
      source.slice(start, end),
      key,
      action === undefined ? undefined : source.slice(action.start, action.end),
    ]);
    expect(found).toEqual(expected);
  });
});

describe('templateParts', () => {
  it.each([
    ['plain', [{ text: 'plain' }]],
    ['a{{ .b }}c', [{ text: 'a' }, { action: '.b', isValue: true }, { text: 'c' }]],
    ['a {{- .b | f "}}" -}} c', [{ text: 'a' }, { action: '.b | f "}}"', isValue: true }, { text: 'c' }]],
    ['{{ if .b }}', [{ action: 'if .b', isValue: false }]],
    ['{{ $x := .b }}', [{ action: '$x := .b', isValue: false }]],
    ['{{ $x }}', [{ action: '$x', isValue: true }]],
    ['{{/* x */}}a', [{ text: 'a' }]],
    ['{{ }}', [{ action: '', isValue: false }]],
  ])('takes %s apart', (source, parts) => {
    expect(templateParts(source)).toEqual(parts);
  });
});
