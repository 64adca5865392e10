// v1 PersistentVolumeClaim: docs/reference/katalog.md, persistent volume claim.
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type MutableJsonObject,
  parseQuantity,
  valueAt,
} from '../../common';
import { object, optional, required, text } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { NAME_FORMS } from '../parts/name-forms';
import { put, requiredValuePart, textPart } from '../parts/part';
import { DEFAULT_ACCESS_MODES, storageProperties } from '../parts/storage';
import { QUANTITY } from '../parts/values';
import { type BuildScope, type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { PLAIN_COMPARE } from './plain-compare';

const facts: KindFacts = {
  listKey: 'persistentVolumeClaims',
  resource: {
    group: '',
    version: 'v1',
    kind: 'PersistentVolumeClaim',
    plural: 'persistentvolumeclaims',
    namespaced: true,
  },
  childKeys: { map: 'persistentvolumeclaims', single: 'pvc' },
  order: 20,
  nameForm: 'subdomain',
  isWorkload: false,
  createOnly: false,
  // It stands for data (engine contract §3.2).
  defaultDeletionPolicy: 'retain',
  compare: { ...PLAIN_COMPARE, quantities: ['spec.resources.requests.*'] },
};

const entry = object('persistent volume claim', {
  ...commonProperties,
  name: required(text, 'Object name.'),
  annotations: annotationsProperty,
  storage: required(text, 'Size: 10Gi. Of a claim that exists it can only grow, and only if its class allows it.'),
  storageClassName: optional(text, 'Class of the storage; default: that of the cluster.'),
  ...storageProperties,
  volumeName: optional(text, 'The PersistentVolume, when it is not to be chosen.'),
});

export const persistentVolumeClaims: ResourceKind<NonNullable<ReturnType<typeof entry.decode>>> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    const storage = requiredValuePart(decoded.storage, compiler, QUANTITY, 'storage');
    const storageClass = textPart(decoded.storageClassName, compiler, NAME_FORMS.subdomain);
    const volumeName = textPart(decoded.volumeName, compiler, NAME_FORMS.subdomain);
    return compiler.finish(facts, decoded, name, (scope): JsonObject => {
      const spec: MutableJsonObject = { accessModes: decoded.accessModes ?? DEFAULT_ACCESS_MODES };
      put(spec, 'storageClassName', storageClass?.(scope));
      put(spec, 'volumeMode', decoded.volumeMode);
      put(spec, 'volumeName', volumeName?.(scope));
      const size = storage?.(scope) ?? '0';
      spec['resources'] = { requests: { storage: size } };
      return {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: metadata(scope),
        spec: asItStays(spec, size, scope),
      };
    });
  },
};

/** The server takes no change of an existing claim but more storage: everything else is what it was made with. */
function asItStays(spec: JsonObject, size: string, { live }: BuildScope): JsonObject {
  const found = live?.['spec'];
  if (!isJsonObject(found)) return spec;
  const kept = Object.entries(spec).map(([key, value]): [string, JsonValue | undefined] => [key, found[key] ?? value]);
  const had = valueAt(found, ['resources', 'requests', 'storage']);
  // Of the same amount the declared text stays: another text would be another object to apply.
  const isLess = typeof had === 'string' && (parseQuantity(size) ?? 0n) < (parseQuantity(had) ?? 0n);
  const storage = isLess ? had : size;
  return { ...Object.fromEntries(kept), resources: { requests: { storage } } };
}
