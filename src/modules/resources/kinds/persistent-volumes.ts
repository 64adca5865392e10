// v1 PersistentVolume: docs/reference/katalog.md, persistent volume.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { list, object, optional, required, text } from '../../schema';
import { clusterProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { type Part, put, requiredTextPart, requiredValuePart, textPart, valuePart } from '../parts/part';
import { DEFAULT_ACCESS_MODES, storageProperties } from '../parts/storage';
import { textListPart } from '../parts/text-list';
import { QUANTITY, RECLAIM_POLICY } from '../parts/values';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { PLAIN_COMPARE } from './plain-compare';

const facts: KindFacts = {
  listKey: 'persistentVolumes',
  resource: { group: '', version: 'v1', kind: 'PersistentVolume', plural: 'persistentvolumes', namespaced: false },
  childKeys: { map: 'persistentvolumes', single: 'pv' },
  order: 19,
  nameForm: 'subdomain',
  isWorkload: false,
  createOnly: false,
  // It stands for data (engine contract §3.2).
  defaultDeletionPolicy: 'retain',
  compare: { ...PLAIN_COMPARE, quantities: ['spec.capacity.*'] },
};

const entry = object('persistent volume', {
  ...clusterProperties,
  name: required(text, 'Object name.'),
  annotations: annotationsProperty,
  capacity: required(text, 'Size: 10Gi.'),
  ...storageProperties,
  reclaimPolicy: optional(text, 'Retain (default), Delete or Recycle: what happens to the data after its claim.'),
  storageClassName: optional(text, 'Only claims of this class get it; default: of no class.'),
  mountOptions: optional(list(text), 'Options of the mount.'),
  hostPath: optional(text, 'A folder of the node.'),
  csiDriver: optional(text, 'Driver of the storage, instead of hostPath.'),
  csiVolumeHandle: optional(text, 'The volume, as the driver names it.'),
});

type PersistentVolume = NonNullable<ReturnType<typeof entry.decode>>;

export const persistentVolumes: ResourceKind<PersistentVolume> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    const capacity = requiredValuePart(decoded.capacity, compiler, QUANTITY, 'capacity');
    const reclaimPolicy = valuePart(decoded.reclaimPolicy, compiler, RECLAIM_POLICY);
    const storageClass = textPart(decoded.storageClassName, compiler);
    const mountOptions = textListPart(decoded.mountOptions, compiler);
    const source = compileSource(decoded, compiler);
    return compiler.finish(facts, decoded, name, (scope): JsonObject => {
      const spec: MutableJsonObject = {
        capacity: { storage: capacity?.(scope) ?? '0' },
        accessModes: decoded.accessModes ?? DEFAULT_ACCESS_MODES,
        persistentVolumeReclaimPolicy: reclaimPolicy?.(scope) ?? 'Retain',
      };
      put(spec, 'storageClassName', storageClass?.(scope));
      put(spec, 'volumeMode', decoded.volumeMode);
      put(spec, 'mountOptions', mountOptions?.(scope));
      return {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: metadata(scope),
        spec: { ...spec, ...source(scope) },
      };
    });
  },
};

function compileSource(decoded: PersistentVolume, compiler: EntryCompiler): Part<JsonObject> {
  const { hostPath, csiDriver, csiVolumeHandle } = decoded;
  if ((hostPath === undefined) === (csiDriver === undefined)) {
    compiler.report(decoded.node, 'a volume needs either "hostPath" or "csiDriver" with "csiVolumeHandle"');
  } else if ((csiDriver === undefined) !== (csiVolumeHandle === undefined)) {
    compiler.report(decoded.node, '"csiDriver" and "csiVolumeHandle" belong together');
  }
  if (hostPath !== undefined) {
    const path = requiredTextPart(hostPath, compiler, 'hostPath');
    return (scope) => ({ hostPath: { path: path(scope) ?? '' } });
  }
  if (csiDriver === undefined || csiVolumeHandle === undefined) return () => ({});
  const driver = requiredTextPart(csiDriver, compiler, 'csiDriver');
  const volumeHandle = requiredTextPart(csiVolumeHandle, compiler, 'csiVolumeHandle');
  return (scope) => ({ csi: { driver: driver(scope) ?? '', volumeHandle: volumeHandle(scope) ?? '' } });
}
