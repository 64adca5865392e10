import { type FieldCause, invalidCause, notSupportedCause } from '../../schema';
import { invalid } from '../status';

export interface DeleteRequest {
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly propagationPolicy?: string | undefined;
  /** The older form of it. */
  readonly orphanDependents?: boolean | undefined;
  readonly gracePeriodSeconds?: number | undefined;
  readonly dryRun?: readonly string[] | undefined;
}

/** Throws a 422. */
export function assertDeleteRequest(request: DeleteRequest): void {
  const { propagationPolicy, orphanDependents, dryRun = [] } = request;
  const problems: FieldCause[] = [];
  if (orphanDependents !== undefined && propagationPolicy !== undefined) {
    const detail = 'orphanDependents and deletionPropagation cannot be both set';
    problems.push(invalidCause('propagationPolicy', propagationPolicy, detail));
  }
  if (propagationPolicy !== undefined && !['Foreground', 'Background', 'Orphan'].includes(propagationPolicy)) {
    problems.push(
      notSupportedCause('propagationPolicy', propagationPolicy, ['Foreground', 'Background', 'Orphan', 'nil']),
    );
  }
  if (dryRun.some((value) => value !== 'All')) problems.push(notSupportedCause('dryRun', [...dryRun], ['All']));
  if (problems.length > 0) throw invalid({ group: 'meta.k8s.io', name: 'DeleteOptions' }, '', problems);
}
