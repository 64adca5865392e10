// Options in the query of a request, with the checks that the real server makes of them.
import { isGoPrintable } from '../../common';
import {
  type FieldCause,
  forbiddenCause,
  invalidCause,
  managerOf,
  notSupportedCause,
  requiredCause,
  tooLongCause,
} from '../../schema';
import { badRequest, invalid } from '../status';
import { type DeleteRequest, type FieldValidation, type ListOptions, type WriteOptions } from '../verbs';
import { type WatchOptions } from '../watch';
import { isTrue } from './request-info';

const META = 'meta.k8s.io';
const MAX_MANAGER_BYTES = 128;

export function listOptions(query: URLSearchParams): ListOptions {
  const problems: FieldCause[] = [];
  const match = query.get('resourceVersionMatch') ?? '';
  const resourceVersion = query.get('resourceVersion') ?? '';
  const field = 'resourceVersionMatch';
  if (match !== '') {
    if (resourceVersion === '') {
      problems.push(forbiddenCause(field, 'resourceVersionMatch is forbidden unless resourceVersion is provided'));
    }
    if ((query.get('continue') ?? '') !== '') {
      problems.push(forbiddenCause(field, 'resourceVersionMatch is forbidden when continue is provided'));
    }
    if (match !== 'Exact' && match !== 'NotOlderThan') {
      problems.push(notSupportedCause(field, match, ['Exact', 'NotOlderThan', '']));
    }
    if (match === 'Exact' && resourceVersion === '0') {
      problems.push(forbiddenCause(field, 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'));
    }
  }
  if (query.get('sendInitialEvents') !== null) {
    problems.push(forbiddenCause('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  }
  if (problems.length > 0) throw invalid({ group: META, name: 'ListOptions' }, '', problems);
  return {
    ...selectors(query),
    limit: integer(query.get('limit')),
    continue: query.get('continue') ?? undefined,
    resourceVersion,
    resourceVersionMatch: match,
  };
}

export interface WatchRequest extends WatchOptions {
  readonly timeoutSeconds: number | undefined;
}

export function watchOptions(query: URLSearchParams): WatchRequest {
  const resourceVersion = query.get('resourceVersion') ?? '';
  // Read, though a watch has no use for it.
  integer(query.get('limit'));
  const sent = query.get('sendInitialEvents');
  let match = query.get('resourceVersionMatch') ?? '';
  let sendInitialEvents = sent === null ? undefined : isTrue(sent);
  if (sendInitialEvents === undefined && match === '' && (resourceVersion === '' || resourceVersion === '0')) {
    sendInitialEvents = true;
    match = 'NotOlderThan';
  }
  const problems = watchProblems(match, sendInitialEvents !== undefined, query.get('continue') ?? '');
  if (problems.length > 0) throw invalid({ group: META, name: 'ListOptions' }, '', problems);
  return {
    ...selectors(query),
    resourceVersion,
    sendInitialEvents,
    allowBookmarks: isTrue(query.get('allowWatchBookmarks')),
    timeoutSeconds: integer(query.get('timeoutSeconds')),
  };
}

function watchProblems(match: string, isInitialAsked: boolean, token: string): readonly FieldCause[] {
  const problems: FieldCause[] = [];
  const field = 'resourceVersionMatch';
  if (isInitialAsked && match !== 'NotOlderThan') {
    problems.push(forbiddenCause(field, 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'));
  }
  if (match === '') return problems;
  if (!isInitialAsked) {
    const detail = 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided';
    problems.push(forbiddenCause(field, detail));
  }
  if (match !== 'NotOlderThan') problems.push(notSupportedCause(field, match, ['NotOlderThan']));
  if (token !== '') {
    problems.push(forbiddenCause(field, 'resourceVersionMatch is forbidden when continue is provided'));
  }
  return problems;
}

/** Of create, update and patch; `kind` names the options in errors. */
export function writeOptions(
  query: URLSearchParams,
  kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions',
  userAgent: string,
  patch?: { readonly isApply: boolean },
): WriteOptions & { readonly force: boolean } {
  const manager = query.get('fieldManager') ?? '';
  const dryRun = query.getAll('dryRun');
  const validation = query.get('fieldValidation') ?? '';
  const problems: FieldCause[] = [];
  if (patch?.isApply === true && manager === '') {
    problems.push(requiredCause('fieldManager', 'is required for apply patch'));
  }
  if (patch?.isApply === false && query.get('force') !== null) {
    problems.push(forbiddenCause('force', 'may not be specified for non-apply patch'));
  }
  problems.push(...managerProblems(manager));
  if (dryRun.some((value) => value !== 'All')) problems.push(notSupportedCause('dryRun', dryRun, ['All']));
  if (!['', 'Ignore', 'Strict', 'Warn'].includes(validation)) {
    problems.push(notSupportedCause('fieldValidation', validation, ['', 'Ignore', 'Strict', 'Warn']));
  }
  if (problems.length > 0) throw invalid({ group: META, name: kind }, '', problems);
  return {
    isDryRun: dryRun.length > 0,
    fieldManager: managerOf(manager, userAgent) || 'unknown',
    fieldValidation: validation === '' ? 'Warn' : (validation as FieldValidation),
    force: isTrue(query.get('force')),
  };
}

function managerProblems(manager: string): readonly FieldCause[] {
  const problems: FieldCause[] = [];
  if (Buffer.byteLength(manager) > MAX_MANAGER_BYTES) problems.push(tooLongCause('fieldManager', MAX_MANAGER_BYTES));
  let position = 0;
  for (const character of manager) {
    if (!isGoPrintable(character)) {
      const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      const detail = `invalid character U+${code} (at position ${position})`;
      problems.push(invalidCause('fieldManager', manager, detail));
    }
    position += Buffer.byteLength(character);
  }
  return problems;
}

/** Options in the query count only when the body has none. */
export function deleteRequest(query: URLSearchParams): DeleteRequest {
  const grace = query.get('gracePeriodSeconds');
  const orphan = query.get('orphanDependents');
  const dryRun = query.getAll('dryRun');
  return {
    propagationPolicy: query.get('propagationPolicy') ?? undefined,
    gracePeriodSeconds: integer(grace),
    orphanDependents: orphan === null ? undefined : isTrue(orphan),
    dryRun,
  };
}

function selectors(query: URLSearchParams): { readonly labelSelector: string; readonly fieldSelector: string } {
  return { labelSelector: query.get('labelSelector') ?? '', fieldSelector: query.get('fieldSelector') ?? '' };
}

function integer(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  if (/^[+-]?[0-9]+$/.test(text)) return Number(text);
  throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
}
