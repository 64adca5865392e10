// CRs, their children and their Events as JSON (docs/guide/http-api.md). Pure.
import { formatDuration, isJsonObject, type JsonObject, type JsonValue, SYSTEM_PREFIX, valueAt } from '../../common';
import { type KubeObject } from '../../kube';
import { type ObservedChild } from '../../reconciler';
import { type CrSummary, type CrView, type EventView } from './contract';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

export function crSummary(cr: KubeObject, now: number, field: string | undefined): CrSummary {
  const { name, namespace, generation, creationTimestamp } = cr.metadata;
  const ready = readyOf(cr);
  const phase = valueAt(cr, ['status', 'phase']);
  const value = field === undefined ? undefined : valueAt(cr, field.split('.'));
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(typeof phase === 'string' ? { phase } : {}),
    ready: ready?.['status'] === 'True',
    ...(typeof ready?.['reason'] === 'string' ? { readyReason: ready['reason'] } : {}),
    age: ageOf(creationTimestamp, now),
    generation: generation ?? 0,
    ...(value === undefined || value === null || typeof value === 'object' ? {} : { value }),
  };
}

export function crView(
  cr: KubeObject,
  children: readonly ObservedChild[],
  eventsEndpoint: string,
  isKonductor: boolean,
): CrView {
  const { name, namespace, generation, creationTimestamp, labels, annotations } = cr.metadata;
  const ready = readyOf(cr);
  const own = Object.entries(annotations ?? {}).filter(
    ([key]) => !key.startsWith(SYSTEM_PREFIX) && key !== LAST_APPLIED,
  );
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    generation: generation ?? 0,
    creationTimestamp: creationTimestamp ?? '',
    ...(labels === undefined ? {} : { labels }),
    ...(own.length === 0 ? {} : { annotations: Object.fromEntries(own) }),
    ready: ready?.['status'] === 'True',
    ...(typeof ready?.['reason'] === 'string' ? { readyReason: ready['reason'] } : {}),
    ...(typeof ready?.['message'] === 'string' && ready['message'] !== '' ? { readyMessage: ready['message'] } : {}),
    ...(cr['status'] === undefined ? {} : { status: cr['status'] }),
    children: childrenByKind(children),
    eventsEndpoint,
    isKonductor,
  };
}

function childrenByKind(children: readonly ObservedChild[]): Readonly<Record<string, readonly JsonValue[]>> {
  const byKind: Record<string, JsonValue[]> = {};
  for (const { resource, object } of children) {
    const { data, metadata, ...rest } = object;
    const { managedFields: _bookkeeping, ...shown } = metadata;
    const hidesData = resource.kind === 'Secret' || data === undefined;
    (byKind[resource.kind] ??= []).push({ ...rest, metadata: shown, ...(hidesData ? {} : { data }) });
  }
  return byKind;
}

export function eventView(event: KubeObject, now: number): EventView {
  const regarding = objectAt(event, 'regarding') ?? objectAt(event, 'involvedObject');
  const series = objectAt(event, 'series');
  const first = text(event['eventTime']) || text(event['deprecatedFirstTimestamp']);
  const last = text(series?.['lastObservedTime']) || text(event['deprecatedLastTimestamp']) || first;
  const count = series?.['count'] ?? event['deprecatedCount'];
  return {
    type: text(event['type']),
    reason: text(event['reason']),
    message: text(event['note']),
    source: text(event['reportingController']),
    object: `${text(regarding?.['kind'])}/${text(regarding?.['name'])}`,
    count: typeof count === 'number' ? count : 1,
    firstSeen: first,
    lastSeen: last,
    age: ageOf(last, now),
  };
}

function readyOf(cr: KubeObject): JsonObject | undefined {
  const conditions = valueAt(cr, ['status', 'conditions']);
  if (!Array.isArray(conditions)) return undefined;
  return conditions.find((item): item is JsonObject => isJsonObject(item) && item['type'] === 'Ready');
}

function objectAt(object: JsonObject, key: string): JsonObject | undefined {
  const value = object[key];
  return isJsonObject(value) ? value : undefined;
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function ageOf(time: string | undefined, now: number): string {
  const since = Date.parse(time ?? '');
  return Number.isFinite(since) ? formatDuration(Math.max(0, Math.floor((now - since) / 1_000) * 1_000)) : '';
}
