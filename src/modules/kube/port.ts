/**
 * The port to the Kubernetes API without what implements it here: for the sandbox, which implements it too and needs
 * neither connections nor Nest. index.ts has all of it.
 */
export type {
  ApplyOptions,
  DeleteOptions,
  Fence,
  KubeApi,
  ListQuery,
  PatchBody,
  RawResponse,
  RequestOptions,
  WatchQuery,
} from './kube-api';
export {
  FencedError,
  isConflict,
  isNotFound,
  KubeApiError,
  KubeTransportError,
  type RequestDescription,
} from './kube.errors';
export {
  CUSTOM_RESOURCE_DEFINITIONS,
  isOlder,
  keyOf,
  type KubeList,
  type KubeObject,
  type ManagedFieldsEntry,
  type ObjectMeta,
  type ObjectRef,
  type OwnerReference,
  type ResourceType,
  type StatusObject,
  type WatchEvent,
} from './kube-object';
