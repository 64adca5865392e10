// When an object ends, and which finalizers of the garbage collector a deletion sets or takes away.
import { type JsonObject, rfc3339, scalarText } from '../../common';
import { type ResourceDefinition } from '../registry';
import { type DeleteRequest } from './delete-options';
import { metaOf } from './object-meta';

const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

export interface GracefulEnd {
  readonly deletionTimestamp: string;
  readonly deletionGracePeriodSeconds: number;
  readonly generation?: number;
}

/**
 * The end of an object of a kind that ends gracefully; `pending` when a deletion runs already that is not to be
 * shortened; undefined for other kinds, and when the time of a running one is over.
 */
export function endOf(
  { strategy }: ResourceDefinition,
  stored: JsonObject,
  request: DeleteRequest,
  nowMs: number,
): GracefulEnd | 'pending' | undefined {
  const own = strategy.gracePeriodSeconds;
  if (own === undefined) return undefined;
  // A negative one counts as one second.
  const asked = request.gracePeriodSeconds === undefined ? undefined : negativeAsOne(request.gracePeriodSeconds);
  const metadata = metaOf(stored);
  const running = scalarText(metadata['deletionTimestamp']);
  if (running !== '') {
    const left = Number(scalarText(metadata['deletionGracePeriodSeconds']));
    if (left === 0) return undefined;
    if (asked === undefined || asked >= left) return 'pending';
    const end = Date.parse(running) + (asked - left) * 1_000;
    return { deletionTimestamp: rfc3339(end), deletionGracePeriodSeconds: asked };
  }
  const usual = own(stored);
  const grace = usual === 0 ? 0 : (asked ?? usual);
  const generation = Number(scalarText(metadata['generation']));
  return {
    deletionTimestamp: rfc3339(nowMs + grace * 1_000),
    deletionGracePeriodSeconds: grace,
    ...(generation > 0 ? { generation: generation + 1 } : {}),
  };
}

function negativeAsOne(seconds: number): number {
  return seconds < 0 ? 1 : seconds;
}

/** The very list when nothing changes. */
export function finalizersAfter(finalizers: readonly string[], request: DeleteRequest): readonly string[] {
  const { propagationPolicy, orphanDependents } = request;
  const has = (finalizer: string): boolean => finalizers.includes(finalizer);
  const orphans = orphanDependents ?? (propagationPolicy === undefined ? has(ORPHAN) : propagationPolicy === 'Orphan');
  const isForeground =
    orphanDependents === undefined &&
    (propagationPolicy === undefined ? has(FOREGROUND) && !has(ORPHAN) : propagationPolicy === 'Foreground');
  const wanted = [
    ...finalizers.filter((finalizer) => finalizer !== ORPHAN && finalizer !== FOREGROUND),
    ...(orphans ? [ORPHAN] : []),
    ...(isForeground ? [FOREGROUND] : []),
  ];
  const isSame = wanted.length === finalizers.length && wanted.every(has);
  return isSame ? finalizers : wanted;
}
