// Copies: one object of the cluster as the source, one namespace or several as targets.
import { isDnsLabel, type JsonObject, type SourceText } from '../../common';
import { list, type Located, optional, text } from '../../schema';
import { type BuildScope, type CompiledCopy } from '../resource-kind';
import { type EntryCompiler } from './common-entry';

/** Spread beside the key that names the source (`fromConfigMap`). */
export const copyProperties = {
  fromNamespace: optional(text, 'Where the source is; default: namespace of the CR.'),
  toNamespaces: optional(list(text), 'Writes one object into each of these namespaces.'),
} as const;

interface WithCopy extends Located {
  readonly namespace?: SourceText | undefined;
  readonly fromNamespace: SourceText | undefined;
  readonly toNamespaces: readonly SourceText[] | undefined;
}

/** `key`: the field that `source` stands in. */
export function compileCopy(
  decoded: WithCopy,
  key: string,
  source: SourceText | undefined,
  compiler: EntryCompiler,
): CompiledCopy | undefined {
  const { fromNamespace, toNamespaces } = decoded;
  if (fromNamespace !== undefined && !decoded.node.entries.has(key)) {
    compiler.report(fromNamespace.node, `"fromNamespace" needs "${key}"`);
  }
  if (decoded.namespace !== undefined && toNamespaces !== undefined) {
    compiler.report(decoded.namespace.node, '"namespace" and "toNamespaces" exclude each other');
  }
  for (const { text: target, node } of toNamespaces ?? []) {
    if (!target.includes('{{') && !isDnsLabel(target)) compiler.report(node, `expected a namespace, found "${target}"`);
  }
  if (source === undefined && toNamespaces === undefined) return undefined;
  return {
    sourceName: compiler.optionalText(source),
    sourceNamespace: compiler.optionalText(fromNamespace),
    targetNamespaces: (toNamespaces ?? []).map((target) => compiler.text(target)),
  };
}

/** A source that is copied as a whole leaves nothing to declare beside it. */
export function checkCopiedWhole(
  decoded: Located,
  key: string,
  declarable: readonly string[],
  compiler: EntryCompiler,
): void {
  if (!decoded.node.entries.has(key)) return;
  const others = declarable.filter((name) => decoded.node.entries.has(name));
  if (others.length > 0) compiler.report(decoded.node, `"${key}" excludes ${others.join(', ')}`);
}

/** A member of the copied object; empty when it has none. */
export function copied({ copySource }: BuildScope, ...path: readonly string[]): JsonObject {
  let at: unknown = copySource;
  for (const key of path) at = (at as Readonly<Record<string, unknown>> | undefined)?.[key];
  return (at as JsonObject | undefined) ?? {};
}
