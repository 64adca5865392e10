// How errors name what they are about.
import { type ResourceDefinition } from '../registry';
import { type Subject } from '../status';

/** `deployments` in `apps`. */
export function resourceOf({ group, plural }: ResourceDefinition): Subject {
  return { group, name: plural };
}

/** `Deployment` in `apps`. */
export function kindOf({ group, kind }: ResourceDefinition): Subject {
  return { group, name: kind };
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
