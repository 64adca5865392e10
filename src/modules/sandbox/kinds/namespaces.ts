import { isJsonObject, type JsonObject, type MutableJsonObject, valueAt } from '../../common';
import { type ResourceDefinition } from '../registry';

const VERBS = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

export const namespaces: ResourceDefinition = {
  id: '/namespaces',
  group: '',
  kind: 'Namespace',
  listKind: 'NamespaceList',
  plural: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  categories: [],
  namespaced: false,
  versions: [{ name: 'v1', schema: {}, hasStatus: true }],
  storageVersion: 'v1',
  verbs: VERBS,
  isCustom: false,
  strategy: {
    nameForm: 'label',
    hasGeneration: false,
    default: labelWithName,
    prepareForCreate: (draft) => {
      draft['spec'] = { finalizers: ['kubernetes'] };
      draft['status'] = { phase: 'Active' };
    },
    prepareForUpdate: (draft, old) => {
      draft['spec'] = old['spec'];
      draft['status'] = old['status'];
    },
    staysWhileDeleting: (object: JsonObject) => {
      const finalizers = valueAt(object, ['spec', 'finalizers']);
      return Array.isArray(finalizers) && finalizers.length > 0;
    },
    markDeleting: (draft) => {
      draft['status'] = { ...(isJsonObject(draft['status']) ? draft['status'] : {}), phase: 'Terminating' };
    },
  },
};

function labelWithName(draft: MutableJsonObject): void {
  const metadata = isJsonObject(draft['metadata']) ? draft['metadata'] : {};
  const { name } = metadata;
  if (typeof name !== 'string' || name === '') return;
  const labels = isJsonObject(metadata['labels']) ? metadata['labels'] : {};
  draft['metadata'] = { ...metadata, labels: { ...labels, 'kubernetes.io/metadata.name': name } };
}
