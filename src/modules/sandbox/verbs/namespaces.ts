// Whether anything may be made there at all: the kind itself may be going, or its namespace (plugin NamespaceLifecycle).
import { valueAt } from '../../common';
import { forbidden, notFound } from '../status';
import { type SandboxCore, type Target } from './core.types';
import { resourceOf } from './subjects';

const NAMESPACES = '/namespaces';
const NAMESPACE_RESOURCE = { group: '', name: 'namespaces' };

/** Throws a 404 when the namespace is missing, a 403 when nothing may be made in it, or of this kind, any more. */
export function assertMayCome({ store }: SandboxCore, target: Target, name: string, generateName: string = ''): void {
  const { definition, namespace } = target;
  const { closedBecause } = definition.strategy;
  if (closedBecause !== undefined) {
    throw forbidden(resourceOf(definition), name, `create not allowed while ${closedBecause}`);
  }
  if (!definition.namespaced) return;
  const found = store.get(NAMESPACES, '', namespace);
  if (found === undefined) throw notFound(NAMESPACE_RESOURCE, namespace);
  if (
    valueAt(found, ['status', 'phase']) !== 'Terminating' &&
    valueAt(found, ['metadata', 'deletionTimestamp']) === undefined
  ) {
    return;
  }
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  throw forbidden(resourceOf(definition), name || generateName, why, [
    {
      reason: 'NamespaceTerminating',
      message: `namespace ${namespace} is being terminated`,
      field: 'metadata.namespace',
    },
  ]);
}

const IMMORTAL = new Set(['default', 'kube-system', 'kube-public']);

/** Throws a 403 for the namespaces that have to stay. */
export function assertMayGo({ definition }: Target, name: string): void {
  if (definition.id !== NAMESPACES || !IMMORTAL.has(name)) return;
  throw forbidden(NAMESPACE_RESOURCE, name, 'this namespace may not be deleted');
}
