// v1 ConfigMap: docs/reference/katalog.md, config map.
import { isDnsLabel, type JsonObject, type MutableJsonObject } from '../../common';
import { list, mapOf, object, optional, text } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { configKey } from '../parts/key-rules';
import { LABEL_VALUE } from '../parts/name-forms';
import { mapPart } from '../parts/part';
import { type CompiledCopy, type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';

const facts: KindFacts = {
  listKey: 'configMaps',
  resource: { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true },
  childKeys: { map: 'configmaps', single: 'configmap' },
  order: 3,
  nameForm: 'subdomain',
  isWorkload: false,
  createOnly: false,
  defaultDeletionPolicy: 'delete',
  compare: { mergeKeys: { 'metadata.ownerReferences[]': ['uid'] }, sets: [], quantities: [], intOrString: [] },
};

const entry = object('config map', {
  ...commonProperties,
  data: optional(mapOf(text, configKey), 'Keys and values.'),
  fromConfigMap: optional(text, 'Copies the data of this ConfigMap; declared keys win.'),
  fromNamespace: optional(text, 'Where it is; default: namespace of the CR.'),
  toNamespaces: optional(list(text), 'Writes one object into each of these namespaces.'),
});

type ConfigMap = NonNullable<ReturnType<typeof entry.decode>>;

export const configMaps: ResourceKind<ConfigMap> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const labels = mapPart(decoded.labels, compiler, LABEL_VALUE);
    const data = mapPart(decoded.data, compiler);
    const copy = compileCopy(decoded, compiler);
    return compiler.finish(
      facts,
      decoded,
      name,
      (scope): JsonObject => {
        const copied = scope.copySource?.['data'] as JsonObject | undefined;
        const values: MutableJsonObject = { ...copied, ...data?.(scope) };
        const metadata = { name: scope.name, namespace: scope.namespace, labels: labels?.(scope) ?? {} };
        return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: values };
      },
      copy,
    );
  },
};

function compileCopy(decoded: ConfigMap, compiler: EntryCompiler): CompiledCopy | undefined {
  const { fromConfigMap, fromNamespace, toNamespaces } = decoded;
  if (fromNamespace !== undefined && !decoded.node.entries.has('fromConfigMap')) {
    compiler.report(fromNamespace.node, '"fromNamespace" needs "fromConfigMap"');
  }
  if (decoded.namespace !== undefined && toNamespaces !== undefined) {
    compiler.report(decoded.namespace.node, '"namespace" and "toNamespaces" exclude each other');
  }
  for (const { text: target, node } of toNamespaces ?? []) {
    if (!target.includes('{{') && !isDnsLabel(target)) compiler.report(node, `expected a namespace, found "${target}"`);
  }
  if (fromConfigMap === undefined && toNamespaces === undefined) return undefined;
  return {
    sourceName: compiler.optionalText(fromConfigMap),
    sourceNamespace: compiler.optionalText(fromNamespace),
    targetNamespaces: (toNamespaces ?? []).map((target) => compiler.text(target)),
  };
}
