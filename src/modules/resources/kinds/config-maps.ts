// v1 ConfigMap: docs/reference/katalog.md, config map.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { mapOf, object, optional, text } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { compileCopy, copied, copyProperties } from '../parts/copy';
import { configKey } from '../parts/key-rules';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { mapPart } from '../parts/part';
import { type KindFacts, type ResourceKind } from '../resource-kind';
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
  annotations: annotationsProperty,
  data: optional(mapOf(text, configKey), 'Keys and values.'),
  fromConfigMap: optional(text, 'Copies the data of this ConfigMap; declared keys win.'),
  ...copyProperties,
});

export const configMaps: ResourceKind<NonNullable<ReturnType<typeof entry.decode>>> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    const data = mapPart(decoded.data, compiler);
    const copy = compileCopy(decoded, 'fromConfigMap', decoded.fromConfigMap, compiler);
    return compiler.finish(
      facts,
      decoded,
      name,
      (scope): JsonObject => {
        const values: MutableJsonObject = { ...copied(scope, 'data'), ...data?.(scope) };
        return { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(scope), data: values };
      },
      copy,
    );
  },
};
