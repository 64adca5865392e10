// env and envFrom of a container.
import { isVariableName, type JsonObject, type JsonValue } from '../../common';
import { bool, list, literal, object, type ObjectOf, optional, required, text } from '../../schema';
import { type EntryCompiler } from './common-entry';
import { NAME_FORMS } from './name-forms';
import { type Part, requiredTextPart } from './part';

const keyRef = object('key reference', {
  name: required(text, 'Name of the object.'),
  key: required(literal, 'Key in it.'),
  optional: optional(bool, 'The container starts even when it is absent.'),
});

const valueFrom = object('valueFrom', {
  secretKeyRef: optional(keyRef, 'Key of a Secret.'),
  configMapKeyRef: optional(keyRef, 'Key of a ConfigMap.'),
});

const variable = object('environment variable', {
  name: required(literal, 'Name of the variable.'),
  value: optional(text, 'Value.'),
  valueFrom: optional(valueFrom, 'Where the value comes from; excludes value.'),
});

const source = object('envFrom source', {
  name: required(text, 'Name of the object.'),
  prefix: optional(text, 'In front of every variable name.'),
  suffix: optional(text, 'Behind every variable name; only with keys.'),
  keys: optional(list(literal), 'Only these keys, as single variables.'),
  optional: optional(bool, 'The container starts even when it is absent.'),
});

export const envField = list(variable);
export const envFromField = object('envFrom', {
  secretRef: optional(list(source), 'Secrets.'),
  configMapRef: optional(list(source), 'ConfigMaps.'),
});

type Variable = NonNullable<ReturnType<typeof variable.decode>>;
type Source = NonNullable<ReturnType<typeof source.decode>>;
type EnvFrom = ObjectOf<{
  secretRef: ReturnType<typeof optional<readonly Source[]>>;
  configMapRef: ReturnType<typeof optional<readonly Source[]>>;
}>;

export interface CompiledEnvironment {
  /** env entries first, then expanded keys (Secrets, then ConfigMaps). */
  readonly env: readonly Part[];
  readonly envFrom: readonly Part[];
}

export function compileEnvironment(
  env: readonly Variable[] | undefined,
  from: EnvFrom | undefined,
  compiler: EntryCompiler,
): CompiledEnvironment {
  const result: { env: Part[]; envFrom: Part[] } = {
    env: (env ?? []).map((item) => compileVariable(item, compiler)),
    envFrom: [],
  };
  const seen = new Set<string>();
  for (const item of env ?? []) {
    const name = item.name?.text ?? '';
    if (seen.has(name)) compiler.report(item.node, `variable "${name}" is declared twice`);
    seen.add(name);
  }
  for (const item of from?.secretRef ?? []) compileSource(item, 'secretRef', compiler, result);
  for (const item of from?.configMapRef ?? []) compileSource(item, 'configMapRef', compiler, result);
  return result;
}

function compileVariable(item: Variable, compiler: EntryCompiler): Part {
  const name = item.name?.text ?? '';
  if (item.name !== undefined && !isVariableName(name)) {
    compiler.report(item.name.node, `expected a name of a variable (ASCII without "="), found "${name}"`);
  }
  const reference = item.valueFrom?.secretKeyRef ?? item.valueFrom?.configMapKeyRef;
  const from = item.valueFrom?.node.entries;
  if (
    from !== undefined &&
    (item.node.entries.has('value') || from.has('secretKeyRef') === from.has('configMapKeyRef'))
  ) {
    compiler.report(
      item.node,
      `variable "${name}" takes exactly one of value, valueFrom.secretKeyRef, valueFrom.configMapKeyRef`,
    );
  }
  if (reference?.name !== undefined && reference.key !== undefined) {
    const kind = item.valueFrom?.secretKeyRef === undefined ? 'configMapKeyRef' : 'secretKeyRef';
    const target = requiredTextPart(reference.name, compiler, 'the name of the reference', NAME_FORMS.subdomain);
    const rest = {
      key: reference.key.text,
      ...(reference.optional === undefined ? {} : { optional: reference.optional }),
    };
    return (scope) => ({ name, valueFrom: { [kind]: { name: target(scope), ...rest } } });
  }
  const value = item.value === undefined ? undefined : compiler.text(item.value);
  return (scope) => ({ name, value: value?.resolve(scope.data, scope.evaluation) ?? '' });
}

function compileSource(
  item: Source,
  kind: 'secretRef' | 'configMapRef',
  compiler: EntryCompiler,
  result: { env: Part[]; envFrom: Part[] },
): void {
  if (item.name === undefined) return;
  const target = requiredTextPart(item.name, compiler, 'the name of the source', NAME_FORMS.subdomain);
  const prefix = compiler.optionalText(item.prefix);
  const suffix = compiler.optionalText(item.suffix);
  const isOptional: JsonObject = item.optional === undefined ? {} : { optional: item.optional };
  if (item.keys === undefined || item.keys.length === 0) {
    if (item.suffix !== undefined) {
      compiler.report(item.node, '"suffix" needs "keys": a whole source only knows a prefix');
    }
    result.envFrom.push((scope) => {
      const rendered = prefix?.resolve(scope.data, scope.evaluation) ?? '';
      return { ...(rendered === '' ? {} : { prefix: rendered }), [kind]: { name: target(scope), ...isOptional } };
    });
    return;
  }
  const reference = kind === 'secretRef' ? 'secretKeyRef' : 'configMapKeyRef';
  for (const key of item.keys) {
    result.env.push((scope): JsonValue => {
      const name = `${prefix?.resolve(scope.data, scope.evaluation) ?? ''}${key.text}${suffix?.resolve(scope.data, scope.evaluation) ?? ''}`;
      return { name, valueFrom: { [reference]: { name: target(scope), key: key.text, ...isOptional } } };
    });
  }
}
