// v1 Namespace: docs/reference/katalog.md, namespace.
import { type JsonObject } from '../../common';
import { list, object, optional, text } from '../../schema';
import { clusterProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { FINALIZER_NAME } from '../parts/name-forms';
import { put } from '../parts/part';
import { textListPart } from '../parts/text-list';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { OWNER_KEYS } from './plain-compare';

const facts: KindFacts = {
  listKey: 'namespaces',
  resource: { group: '', version: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false },
  childKeys: { map: 'namespaces', single: 'namespace' },
  order: 1,
  nameForm: 'label',
  isWorkload: false,
  createOnly: false,
  // Everything in it goes with it: that has to be said (engine contract §3.2).
  defaultDeletionPolicy: 'retain',
  compare: { mergeKeys: OWNER_KEYS, sets: ['metadata.finalizers'], quantities: [], intOrString: [] },
};

const entry = object('namespace', {
  ...clusterProperties,
  annotations: annotationsProperty,
  finalizers: optional(list(text), 'Who else has to let the namespace go before it is gone: example.org/backup.'),
});

export const namespaces: ResourceKind<NonNullable<ReturnType<typeof entry.decode>>> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    const finalizers = textListPart(decoded.finalizers, compiler, FINALIZER_NAME);
    return compiler.finish(facts, decoded, name, (scope): JsonObject => {
      const built = metadata(scope);
      put(built, 'finalizers', finalizers?.(scope));
      return { apiVersion: 'v1', kind: 'Namespace', metadata: built };
    });
  },
};
