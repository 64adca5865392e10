// Rules about the entries of one operatorBox.
import { didYouMean, gvkString, type ProblemList, type SourcePosition } from '../../common';
import { type CompiledEntry } from '../../resources';
import { type CompiledBlock, type CompiledDeletion, type CompiledStatus } from '../compile/compiled-katalog';
import { CODE } from './codes';
import { checkDuplicates, identityOf } from './duplicates';
import { checkReached, checkStages, checkStatusReached } from './reached';
import { checkStatusCycles } from './status-cycles';

export interface EntryRules {
  readonly onCreate: CompiledBlock;
  readonly onReconcile: CompiledBlock;
  readonly onDelete: CompiledDeletion | undefined;
  readonly status: CompiledStatus;
  readonly problems: ProblemList;
}

export function checkEntries({ onCreate, onReconcile, onDelete, status, problems }: EntryRules): void {
  const entries = [...onCreate.entries, ...onReconcile.entries];
  checkDuplicates([onCreate, onReconcile], problems);
  checkReached([onCreate, onReconcile], problems);
  checkStages(onDelete, problems);
  checkIds(entries, problems);
  for (const entry of entries) checkPurity(entry, problems);
  checkDeleted(entries, onDelete, problems);
  checkStatusPurity(status, problems);
  checkStatusReached(status, problems);
  checkStatusCycles(status, problems);
}

interface Place {
  readonly position: SourcePosition;
  readonly path: string;
}

function error({ position, path }: Place, code: string, message: string, problems: ProblemList): void {
  problems.add({ severity: 'error', code, message, position, path });
}

function warning({ position, path }: Place, code: string, message: string, problems: ProblemList): void {
  problems.add({ severity: 'warning', code, message, position, path });
}

/** An id stands for one object: prune and ordered deletion select by it. */
function checkIds(entries: readonly CompiledEntry[], problems: ProblemList): void {
  const seen = new Map<string, CompiledEntry>();
  for (const entry of entries) {
    const first = seen.get(entry.id);
    if (first === undefined) seen.set(entry.id, entry);
    else if (identityOf(first) !== identityOf(entry)) {
      const message = `id "${entry.id}" belongs to ${first.path} (line ${first.position.line}) already`;
      error(entry, CODE.duplicateId, message, problems);
    }
  }
}

/** Engine contract §2.3: what changes by itself would be written again on every pass. */
function checkPurity(entry: CompiledEntry, problems: ProblemList): void {
  if (entry.identityPurity === 'random') {
    error(entry, CODE.random, 'the name is random: every pass would make another object', problems);
  } else if (entry.conditions.purity === 'random') {
    error(entry, CODE.random, 'a condition is random: the object would come and go', problems);
  } else if (entry.bodyPurity === 'random' && entry.isReconciled) {
    const message =
      'random notes are allowed only in "once" entries and in onCreate entries without "reconcile": elsewhere every pass would write a new value';
    error(entry, CODE.random, message, problems);
  }
  if (entry.identityPurity === 'clock') {
    warning(entry, CODE.clock, 'the name reads the clock: another object is made whenever it changes', problems);
  } else if (entry.bodyPurity === 'clock' && entry.isReconciled) {
    const message = 'reads the clock: the object is written again whenever the rendered time changes';
    warning(entry, CODE.clock, message, problems);
  }
  if (entry.conditions.purity === 'clock') {
    const message = 'a condition reads the clock: it is looked at on every pass, so at least once in each resync';
    warning(entry, CODE.clock, message, problems);
  }
}

/** Spaces inside an action are the commonest difference, and they make two templates far apart for a spelling check. */
function nearestTo({ name: { source } }: CompiledEntry, declared: readonly CompiledEntry[]): string {
  const twin = declared.find(({ name }) => name.source === source);
  if (twin !== undefined) return `; one of that name has the namespace "${twin.namespace?.source ?? ''}"`;
  const plain = (text: string): string => text.replace(/\s/g, '');
  const names = declared.map(({ name }) => name.source);
  const same = names.find((name) => plain(name) === plain(source));
  if (same !== undefined) return ` (did you mean "${same}"?)`;
  const [first, ...more] = names;
  const near = didYouMean(source, names);
  return near === '' && first !== undefined && more.length === 0 ? `; declared is "${first}"` : near;
}

/** An onDelete entry that means nothing declared: most likely its name is written in another way. */
function checkDeleted(
  entries: readonly CompiledEntry[],
  onDelete: CompiledDeletion | undefined,
  problems: ProblemList,
): void {
  const known = new Set(entries.map(({ id }) => id));
  for (const entry of (onDelete?.stages ?? []).flatMap((stage) => stage.entries)) {
    if (known.has(entry.id)) continue;
    const declared = entries.filter(({ facts }) => gvkString(facts.resource) === gvkString(entry.facts.resource));
    const message = `no entry of onCreate or onReconcile is named so: "${entry.name.source}" has to be written exactly as there${nearestTo(entry, declared)}`;
    warning(entry, CODE.onDelete, message, problems);
  }
}

function checkStatusPurity(status: CompiledStatus, problems: ProblemList): void {
  for (const field of status.fields) {
    const name = `status.${field.path.join('.')}`;
    const place = { position: field.position, path: name };
    const purities = [field.purity, field.conditions.purity];
    if (purities.includes('random')) {
      error(place, CODE.random, `${name} would change on every pass: random notes are not allowed here`, problems);
    }
    if (field.purity === 'clock') {
      const message = `${name} reads the clock: the status is written again whenever the rendered time changes`;
      warning(place, CODE.clock, message, problems);
    }
  }
}
