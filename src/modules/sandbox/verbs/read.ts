// get and list. A list is of one moment: the store's revision at its first page, told by the continue token of the others.
import { type JsonObject } from '../../common';
import { compileSelection, type SelectorTexts } from '../selectors';
import { badRequest, expired, notFound, plainError, tooLargeVersion } from '../status';
import { compareKeys, type ObjectEntry, pathOf } from '../storage';
import { toServed } from '../versions';
import { decodeContinue, encodeContinue } from './continue-token';
import { type ObjectTarget, type SandboxCore, type Target } from './core.types';
import { resourceOf } from './subjects';

export interface GetOptions {
  readonly resourceVersion?: string | undefined;
}

/** @throws ApiStatusError 404, 504 for a version of the future */
export function getObject(core: SandboxCore, target: ObjectTarget, options: GetOptions = {}): JsonObject {
  const { definition, version, namespace, name } = target;
  const asked = options.resourceVersion ?? '';
  if (asked !== '' && asked !== '0') assertNotFuture(core, parseVersion(asked, plainError));
  const found = core.store.get(definition.id, namespace, name);
  if (found === undefined) throw notFound(resourceOf(definition), name);
  return toServed(definition, version.name, found);
}

export interface ListOptions extends SelectorTexts {
  /** At most so many items; 0 is all. */
  readonly limit?: number | undefined;
  readonly continue?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly resourceVersionMatch?: string | undefined;
}

export interface Listed {
  readonly items: readonly JsonObject[];
  readonly resourceVersion: string;
  readonly continue: string | undefined;
  readonly remainingItemCount: number | undefined;
}

/** @throws ApiStatusError 400, 410, 504 */
export function listObjects(core: SandboxCore, target: Target, options: ListOptions): Listed {
  const { definition, version } = target;
  const selection = compileSelection(options, definition, version);
  const page = pageOf(core, target, options);
  const scope = target.namespace === '' ? selection.namespace : target.namespace;
  const entries =
    selection.name !== undefined && scope !== undefined && page.revision >= core.store.revision
      ? one(core, target, scope, selection.name)
      : core.store.entries(definition.id, target.namespace === '' ? undefined : target.namespace, page.revision);
  const limit = Math.max(0, options.limit ?? 0);
  const items: JsonObject[] = [];
  let position = startOf(entries, page.startAfter);
  for (; position < entries.length && (limit === 0 || items.length < limit); position++) {
    const { object } = entries[position] as ObjectEntry;
    const served = toServed(definition, version.name, object);
    if (selection.matches === undefined || selection.matches(served)) items.push(served);
  }
  const left = entries.length - position;
  const last = entries[position - 1];
  const isMore = left > 0 && last !== undefined;
  return {
    items,
    resourceVersion: String(page.revision),
    continue: isMore ? encodeContinue(page.revision, `/${pathOf(relative(last, target))}`) : undefined,
    remainingItemCount: isMore && selection.matches === undefined ? left : undefined,
  };
}

function one(core: SandboxCore, { definition }: Target, namespace: string, name: string): readonly ObjectEntry[] {
  const space = definition.namespaced ? namespace : '';
  const object = core.store.get(definition.id, space, name);
  return object === undefined ? [] : [{ namespace: space, name, object }];
}

/** Keys in a token are relative to what is listed. */
function relative(entry: ObjectEntry, target: Target): ObjectEntry {
  return target.namespace === '' ? entry : { ...entry, namespace: '' };
}

/** Position of the first entry behind the key: entries are in order. */
function startOf(entries: readonly ObjectEntry[], startAfter: string | undefined): number {
  if (startAfter === undefined) return 0;
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(pathOf(entries[middle] as ObjectEntry), startAfter) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Page {
  readonly revision: number;
  /** Full path of the last entry of the page before. */
  readonly startAfter: string | undefined;
}

function pageOf(core: SandboxCore, target: Target, options: ListOptions): Page {
  const asked = options.resourceVersion ?? '';
  const token = options.continue ?? '';
  if (token !== '') {
    const { revision, start } = decodeContinue(token);
    if (asked !== '' && asked !== '0') {
      throw badRequest('specifying resource version is not allowed when using continue');
    }
    if (revision >= 0 && !core.store.canRead(target.definition.id, revision)) throw expiredContinue(start);
    const prefix = target.namespace === '' ? '' : `${target.namespace}/`;
    return { revision: revision < 0 ? core.store.revision : revision, startAfter: prefix + start };
  }
  if (asked === '' || asked === '0') return { revision: core.store.revision, startAfter: undefined };
  const revision = parseVersion(asked, (why) => badRequest(`invalid resource version: ${why}`));
  assertNotFuture(core, revision);
  const isExact =
    options.resourceVersionMatch === 'Exact' ||
    (options.resourceVersionMatch !== 'NotOlderThan' && (options.limit ?? 0) > 0);
  if (!isExact) return { revision: core.store.revision, startAfter: undefined };
  if (!core.store.canRead(target.definition.id, revision)) {
    throw expired('The resourceVersion for the provided list is too old.');
  }
  return { revision, startAfter: undefined };
}

/** The answer carries a token for the rest of the list at the present revision. */
function expiredContinue(start: string): Error {
  const error = expired(
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
  );
  (error.status as { metadata: JsonObject }).metadata = { continue: encodeContinue(-1, `/${start}`) };
  return error;
}

export function parseVersion(text: string, refuse: (why: string) => Error): number {
  if (/^[0-9]+$/.test(text)) return Number(text);
  throw refuse(
    `resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
}

export function assertNotFuture(core: SandboxCore, revision: number): void {
  if (revision > core.store.revision) throw tooLargeVersion(String(revision), String(core.store.revision));
}
