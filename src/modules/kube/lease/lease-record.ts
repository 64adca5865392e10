// coordination.k8s.io/v1 Lease as the election reads and writes it (client-go leaderelection keeps the same fields).
import { ANNOTATION, isJsonObject, type JsonObject, LEASE_NAME, rfc3339Micro, valueAt } from '../../common';
import { type LeaseHolder } from './leader-election.types';

export interface LeaseRecord {
  /** The object as read: what we don't know is kept. */
  readonly object: JsonObject;
  readonly holder: string;
  readonly katalog: string | undefined;
  readonly durationMs: number;
  readonly transitions: number;
  readonly renewTime: string;
}

export interface Claim {
  readonly identity: string;
  readonly katalog: string;
  readonly durationMs: number;
}

export function readLease(object: JsonObject): LeaseRecord {
  const spec = isJsonObject(object['spec']) ? object['spec'] : {};
  const katalog = valueAt(object, ['metadata', 'annotations', ANNOTATION.katalog]);
  return {
    object,
    holder: typeof spec['holderIdentity'] === 'string' ? spec['holderIdentity'] : '',
    katalog: typeof katalog === 'string' ? katalog : undefined,
    durationMs: Number(spec['leaseDurationSeconds'] ?? 0) * 1_000,
    transitions: Number(spec['leaseTransitions'] ?? 0),
    renewTime: typeof spec['renewTime'] === 'string' ? spec['renewTime'] : '',
  };
}

export function newLease(claim: Claim, namespace: string, now: number): JsonObject {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: LEASE_NAME, namespace, annotations: { [ANNOTATION.katalog]: claim.katalog } },
    spec: held(claim, now, now, 0),
  };
}

/** The record with us as holder; resourceVersion stays, so that two claims can't both succeed. */
export function claimed(record: LeaseRecord, claim: Claim, now: number): JsonObject {
  const isRenewal = record.holder === claim.identity;
  const metadata = isJsonObject(record.object['metadata']) ? record.object['metadata'] : {};
  const annotations = isJsonObject(metadata['annotations']) ? metadata['annotations'] : {};
  const acquired = valueAt(record.object, ['spec', 'acquireTime']);
  const spec = held(claim, now, now, record.transitions + (isRenewal ? 0 : 1));
  return {
    ...record.object,
    metadata: { ...metadata, annotations: { ...annotations, [ANNOTATION.katalog]: claim.katalog } },
    spec: isRenewal && typeof acquired === 'string' ? { ...spec, acquireTime: acquired } : spec,
  };
}

/** Given up: nobody holds it, and a standby need not wait. */
export function released(record: LeaseRecord, now: number): JsonObject {
  const time = rfc3339Micro(now);
  return {
    ...record.object,
    spec: {
      holderIdentity: '',
      leaseDurationSeconds: 1,
      acquireTime: time,
      renewTime: time,
      leaseTransitions: record.transitions,
    },
  };
}

export function holderOf(record: LeaseRecord, observedAt: number): LeaseHolder {
  return { identity: record.holder, katalog: record.katalog, expiresAt: observedAt + record.durationMs };
}

function held(claim: Claim, acquire: number, renew: number, transitions: number): JsonObject {
  return {
    holderIdentity: claim.identity,
    leaseDurationSeconds: Math.max(1, Math.round(claim.durationMs / 1_000)),
    acquireTime: rfc3339Micro(acquire),
    renewTime: rfc3339Micro(renew),
    leaseTransitions: transitions,
  };
}
