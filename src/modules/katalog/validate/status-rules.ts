// Rules about the status against the schema of the CRD: what the server would refuse or drop is said at load.
import { isJsonObject, type JsonObject, type ProblemList, type SourceNode } from '../../common';
import { type CompiledStatus, type CompiledStatusField, type StatusFieldType } from '../compile/compiled-katalog';
import { type CrdManifest } from '../compile/crd-file';
import { CODE } from './codes';

type At = Pick<SourceNode, 'position' | 'path'>;

/** What Orkestra writes itself: it needs the subresource, and a schema that keeps it. */
export function checkOwnStatus(
  status: CompiledStatus,
  manifest: CrdManifest,
  { node }: { readonly node: At },
  problems: ProblemList,
): void {
  const { position, path } = node;
  if (!manifest.hasStatus) {
    const message = `version ${manifest.version} of ${manifest.plural}.${manifest.group} has no status subresource (subresources: {status: {}}); add it, or set ignoreStatusPatch: true`;
    problems.add({ severity: 'error', code: CODE.statusSubresource, message, position, path });
  }
  const { statusSchema: schema } = manifest;
  if (schema === undefined) return;
  const written = [
    ...(status.conditions === 'off' ? [] : ['conditions']),
    ...(status.writesObservedGeneration ? ['observedGeneration'] : []),
  ];
  const dropped = written.filter((key) => schemaAt(schema, [key]) === 'dropped').map((key) => `status.${key}`);
  if (dropped.length === 0) return;
  const message = `the CRD's schema has no ${dropped.join(' and no ')}: the API server would drop what Orkestra writes there`;
  problems.add({ severity: 'warning', code: CODE.statusPruned, message, position, path });
}

export function checkStatusField(
  field: CompiledStatusField,
  schema: JsonObject | undefined,
  { position, path }: At,
  problems: ProblemList,
): void {
  const name = `status.${field.path.join('.')}`;
  if (field.clearOnFalse && field.conditions.isAlways) {
    const message = '"clearOnFalse" has no effect without "when" or "or"';
    problems.add({ severity: 'warning', code: CODE.statusIdle, message, position, path });
  }
  const found = schema === undefined ? 'unknown' : schemaAt(schema, field.path);
  if (found === 'unknown') return;
  if (found === 'dropped') {
    const message = `${name} is not in the CRD's schema: the API server would drop it`;
    problems.add({ severity: 'warning', code: CODE.statusPruned, message, position, path });
    return;
  }
  const wanted = found['type'];
  if (typeof wanted !== 'string' || found['x-kubernetes-int-or-string'] === true) return;
  if (!accepts(wanted, field.type)) {
    const message = `${name} is of type ${wanted} in the CRD's schema, but "type" here is ${field.type}: the API server would refuse it`;
    problems.add({ severity: 'error', code: CODE.statusType, message, position, path });
  } else if (field.clearOnFalse && wanted !== 'string') {
    const message = `"clearOnFalse" writes "", but ${name} is of type ${wanted} in the CRD's schema`;
    problems.add({ severity: 'error', code: CODE.statusType, message, position, path });
  }
}

/** The schema at a path; `unknown` where the server keeps anything. */
function schemaAt(schema: JsonObject, path: readonly string[]): JsonObject | 'unknown' | 'dropped' {
  let at = schema;
  for (const key of path) {
    const properties = isJsonObject(at['properties']) ? at['properties'] : {};
    const next = (Object.hasOwn(properties, key) ? properties[key] : undefined) ?? at['additionalProperties'];
    if (isJsonObject(next)) at = next;
    else return at['x-kubernetes-preserve-unknown-fields'] === true || next === true ? 'unknown' : 'dropped';
  }
  return at;
}

/** `auto` and `float` depend on the text. */
function accepts(schemaType: string, type: StatusFieldType): boolean {
  switch (type) {
    case 'auto':
      return schemaType !== 'object' && schemaType !== 'array';
    case 'string':
      return schemaType === 'string';
    case 'bool':
      return schemaType === 'boolean';
    case 'int':
      return schemaType === 'integer' || schemaType === 'number';
    case 'float':
      return schemaType === 'number' || schemaType === 'integer';
  }
}
