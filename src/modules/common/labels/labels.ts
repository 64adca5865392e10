// Every name that Orkestra writes into a cluster (engine contract §1). One file, so that nothing is spelled twice.
import { sha256Hex } from '../json';

/** In front of every label, annotation and finalizer that is ours. */
export const SYSTEM_PREFIX = 'orkestra.orkspace.io/';

/** Field managers of server-side apply (engine contract §1). */
export const FIELD_MANAGER = {
  children: 'orkestra',
  status: 'orkestra-status',
  gateway: 'orkestra-gateway',
  /** The manager of the classic implementation; its entries are merged into `orkestra` once. */
  classic: 'orkestra-runtime',
} as const;

/** Labels on children, pods and inventories (engine contract §1). */
export const LABEL = {
  managed: 'orkestra.orkspace.io/managed',
  owner: 'orkestra-owner',
  ownerUid: 'orkestra.orkspace.io/owner-uid',
  entry: 'orkestra.orkspace.io/entry',
  component: 'orkestra.orkspace.io/component',
  inventory: 'orkestra.orkspace.io/inventory',
  katalog: 'orkestra.orkspace.io/katalog',
} as const;

/** Annotations: `applied` on children is ours, the others are set by people or on the Lease. */
export const ANNOTATION = {
  applied: 'orkestra.orkspace.io/applied',
  paused: 'orkestra.orkspace.io/paused',
  forceDelete: 'orkestra.orkspace.io/force-delete',
  katalog: 'orkestra.orkspace.io/katalog',
} as const;

/** Our finalizer on CRs; other finalizers are the user's. */
export const FINALIZER = 'orkestra.orkspace.io/cleanup';
/** The Lease of leader election. */
export const LEASE_NAME = 'orkestra-konductor';
/** apiVersion of Katalog files. */
export const API_VERSION = 'orkestra.orkspace.io/v1';

/** Name of the ConfigMap that lists every kind of child ever written for a CRD (engine contract §3.1). */
export function inventoryName(plural: string, group: string): string {
  return `orkestra-inventory.${plural}.${group}`;
}

const MAX_LABEL_VALUE = 63;

/** A text as a label value: at most 63 characters; a longer one is cut and carries a hash so that it stays unique. */
export function labelValue(text: string): string {
  if (text.length <= MAX_LABEL_VALUE) return text;
  const hash = sha256Hex(text).slice(0, 8);
  return `${text.slice(0, MAX_LABEL_VALUE - 9).replace(/[^A-Za-z0-9]+$/, '')}-${hash}`;
}
