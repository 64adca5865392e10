import { field, type FieldCase } from './field-case';

/** The fields of a kind that can be copied; `key`: the one that names the source. */
export function copyCases(key: string): readonly FieldCase[] {
  return [
    field(
      key,
      `${key}: "{{ .metadata.name }}-base"`,
      'entry:copy.sourceName.source',
      '{{ .metadata.name }}-base',
      `${key}: §{}`,
      'expected string, found a map',
    ),
    field(
      'fromNamespace',
      `${key}: a\nfromNamespace: platform`,
      'entry:copy.sourceNamespace.source',
      'platform',
      'fromNamespace: §platform',
      `"fromNamespace" needs "${key}"`,
    ),
    field(
      'toNamespaces[]',
      'toNamespaces: [blue, green]',
      'entry:copy.targetNamespaces.1.source',
      'green',
      'toNamespaces: [blue, §Green]',
      'expected a namespace, found "Green"',
    ),
  ];
}
