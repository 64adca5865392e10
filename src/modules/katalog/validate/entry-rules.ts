// Rules about the entries of one operatorBox.
import { type ProblemList } from '../../common';
import { type CompiledEntry } from '../../resources';
import { type CompiledBlock, type CompiledStatus } from '../compile/compiled-katalog';
import { CODE } from './codes';

export interface EntryRules {
  readonly onCreate: CompiledBlock;
  readonly onReconcile: CompiledBlock;
  readonly status: CompiledStatus;
  readonly problems: ProblemList;
}

export function checkEntries(rules: EntryRules): void {
  checkDuplicates([...rules.onCreate.entries, ...rules.onReconcile.entries], rules.problems);
  for (const entry of [...rules.onCreate.entries, ...rules.onReconcile.entries]) checkPurity(entry, rules.problems);
  for (const field of rules.status.fields) {
    if (field.purity !== 'random') continue;
    const message = `status.${field.path.join('.')} would change on every pass: random notes are not allowed here`;
    rules.problems.add({
      severity: 'error',
      code: CODE.random,
      message,
      position: field.position,
      path: `status.${field.path.join('.')}`,
    });
  }
}

/** Two entries without conditions that surely make the same object would overwrite each other on every pass. */
function checkDuplicates(entries: readonly CompiledEntry[], problems: ProblemList): void {
  const seen = new Map<string, CompiledEntry>();
  for (const entry of entries) {
    if (!entry.conditions.isAlways) continue;
    const key = [entry.facts.listKey, entry.name.source, entry.namespace?.source ?? ''].join('\0');
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, entry);
      continue;
    }
    const message = `makes the same object "${entry.name.source}" as ${first.path} (line ${first.position.line})`;
    problems.add({
      severity: 'error',
      code: CODE.duplicateObject,
      message,
      position: entry.position,
      path: entry.path,
    });
  }
}

/** Engine contract §2.3: what changes by itself would be written again on every pass. */
function checkPurity(entry: CompiledEntry, problems: ProblemList): void {
  if (entry.purity === 'random' && entry.isReconciled) {
    const message =
      'random notes are allowed only in onCreate entries without "reconcile": elsewhere every pass would write a new value';
    problems.add({ severity: 'error', code: CODE.random, message, position: entry.position, path: entry.path });
  }
  if (entry.purity === 'clock' && entry.isReconciled) {
    const message = 'reads the clock: the object is written again whenever the rendered time changes';
    problems.add({ severity: 'warning', code: CODE.clock, message, position: entry.position, path: entry.path });
  }
}
