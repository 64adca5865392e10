// How errors name what they are about.
import { parseApiVersion } from '../../common';
import { type ResourceDefinition } from '../registry';
import { type Subject } from '../status';

/** `deployments` in `apps`. */
export function resourceOf({ group, plural }: ResourceDefinition): Subject {
  return { group, name: plural };
}

/** `Deployment` in `apps`; of what is stored as another group's, that group. */
export function kindOf({ group, kind, storedApiVersion }: ResourceDefinition): Subject {
  return { group: storedApiVersion === undefined ? group : parseApiVersion(storedApiVersion).group, name: kind };
}

/** Where the real server keeps some kinds under another name than their plural. */
const ETCD_NAMES: Readonly<Record<string, string>> = {
  '/services': 'services/specs',
  '/endpoints': 'services/endpoints',
  '/nodes': 'minions',
  'networking.k8s.io/ingresses': 'ingress',
};

/** The key that etcd would have: some errors tell it. */
export function etcdKey({ group, plural, isCustom }: ResourceDefinition, namespace: string, name: string): string {
  const own = ETCD_NAMES[`${group}/${plural}`] ?? plural;
  const root = isCustom ? `${group}/${own}` : own;
  return `/registry/${root}/${namespace === '' ? name : `${namespace}/${name}`}`;
}

/** The words of the storage about an object that is not the expected one. */
export function storageProblem(key: string, why: string): string {
  return `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`;
}
