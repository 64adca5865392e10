// Blocks of an operatorBox to CompiledBlock: entries in the fixed order of kinds, the user's order as tie break.
import { type ProblemList } from '../../common';
import { ALWAYS, compileConditions, type CompileOptions } from '../../expression';
import {
  type CommonEntryFields,
  type CompiledEntry,
  type EntryCompileContext,
  entryKinds,
  forEachText,
  nameSource,
  type ProfileRegistry,
  type ProfileUse,
  type WorkloadDeclaration,
} from '../../resources';
import { type Block, type DeletionBlock, entriesOf } from '../model/block.fields';
import { CODE } from '../validate/codes';
import { entryOptions } from './data-types';
import { type CompiledBlock, type CompiledDeletion, type CompiledDeletionStage } from './compiled-katalog';

const DEFAULT_DELETION_TIMEOUT_MS = 5 * 60_000;

export interface BlocksContext {
  readonly problems: ProblemList;
  readonly options: CompileOptions;
  readonly forceConflict: boolean;
  readonly workloads: readonly WorkloadDeclaration[];
  readonly profiles: ProfileRegistry;
  /** Every place that names a profile is added. */
  readonly profileUses: ProfileUse[];
  readonly kindOf: EntryCompileContext['kindOf'];
}

/** Every workload that onCreate and onReconcile declare: Services select among them. */
export function workloadsOf(blocks: readonly (Block | undefined)[]): readonly WorkloadDeclaration[] {
  return entryKinds
    .filter((kind) => kind.facts.isWorkload)
    .flatMap(({ facts }) =>
      blocks.flatMap((block) =>
        (entriesOf(block, facts.listKey) as readonly CommonEntryFields[]).map((entry) => ({
          listKey: facts.listKey,
          name: nameSource(facts.listKey, entry.name),
          position: (entry.name?.node ?? entry.node).position,
          forEach: forEachText(entry),
        })),
      ),
    );
}

export function compileBlock(
  block: Block | undefined,
  phase: EntryCompileContext['phase'],
  context: BlocksContext,
): CompiledBlock {
  if (block === undefined) return { conditions: ALWAYS, entries: [] };
  const conditions = compileConditions({ when: block.when, or: block.or }, context.problems, context.options);
  return { conditions, entries: compileEntries(block, phase, context) };
}

/** As entries of a block are written. */
const IN_ORDER = [...entryKinds].sort((a, b) => a.facts.order - b.facts.order);

function compileEntries(
  block: Block,
  phase: EntryCompileContext['phase'],
  context: BlocksContext,
): readonly CompiledEntry[] {
  return IN_ORDER.flatMap((kind) =>
    (entriesOf(block, kind.facts.listKey) as readonly CommonEntryFields[]).map((entry) =>
      kind.compile(entry, { ...context, phase, options: entryOptions(entry, context.options, context.problems) }),
    ),
  );
}

export function compileDeletion(
  block: DeletionBlock | undefined,
  context: BlocksContext,
): CompiledDeletion | undefined {
  if (block === undefined) return undefined;
  const ordered = block.ordered === true;
  const stages = ordered ? stagesOf(block, context) : [];
  if (!ordered) reportUnordered(block, context.problems);
  else if (stages.every(({ entries }) => entries.length === 0)) {
    report(
      context.problems,
      block,
      '"ordered: true" needs entries, or groups with entries: there is nothing to delete',
    );
  }
  return {
    conditions: compileConditions({ when: block.when, or: block.or }, context.problems, context.options),
    ordered,
    timeoutMs: block.timeout ?? DEFAULT_DELETION_TIMEOUT_MS,
    stages,
  };
}

function stagesOf(block: DeletionBlock, context: BlocksContext): readonly CompiledDeletionStage[] {
  const groups = block.groups ?? [];
  const entries = (group: Block): readonly CompiledEntry[] => compileEntries(group, 'onDelete', context);
  if (groups.length === 0) {
    return [{ name: block.name?.text ?? 'all', conditions: ALWAYS, entries: entries(block) }];
  }
  const flat = listed(block);
  if (flat.length > 0) {
    report(context.problems, block, `${flat.join(', ')} beside "groups" would never be deleted: put them into a group`);
  }
  const names = new Set<string>();
  return groups.map((group, index) => {
    const name = group.name?.text ?? String(index + 1);
    if (names.has(name)) report(context.problems, group, `two groups are named "${name}"`);
    names.add(name);
    const conditions = compileConditions({ when: group.when, or: group.or }, context.problems, context.options);
    return { name, conditions, entries: entries(group) };
  });
}

/** Without `ordered` only Jobs would do something, which is to come: entries without effect are an error, no surprise. */
function reportUnordered(block: DeletionBlock, problems: ProblemList): void {
  if (block.groups !== undefined) report(problems, block, '"groups" need "ordered: true"');
  if (block.timeout !== undefined) report(problems, block, '"timeout" needs "ordered: true"');
  if (entriesOf(block, 'jobs').length > 0) {
    const message = 'Jobs that run before a CR goes are not supported yet; with "ordered: true" they are deleted';
    report(problems, block, message);
  }
  const idle = listed(block).filter((listKey) => listKey !== 'jobs');
  if (idle.length > 0) {
    report(
      problems,
      block,
      `${idle.join(', ')} in onDelete would do nothing without "ordered: true"; children of the CR are deleted in any case`,
    );
  }
}

/** Keys of the lists that hold entries. */
function listed(block: Block): readonly string[] {
  return entryKinds.map(({ facts }) => facts.listKey).filter((listKey) => entriesOf(block, listKey).length > 0);
}

function report(problems: ProblemList, block: Block, message: string): void {
  problems.add({
    severity: 'error',
    code: CODE.onDelete,
    message,
    position: block.node.position,
    path: block.node.path,
  });
}
