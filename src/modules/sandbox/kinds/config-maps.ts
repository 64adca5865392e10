import { type ResourceDefinition } from '../registry';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

export const configMaps: ResourceDefinition = {
  id: '/configmaps',
  group: '',
  kind: 'ConfigMap',
  listKind: 'ConfigMapList',
  plural: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  categories: [],
  namespaced: true,
  versions: [{ name: 'v1', schema: {}, hasStatus: false }],
  storageVersion: 'v1',
  verbs: VERBS,
  isCustom: false,
  strategy: {},
};
