// Blocks of an operatorBox to CompiledBlock: entries in the fixed order of kinds, the user's order as tie break.
import { type ProblemList } from '../../common';
import { ALWAYS, compileConditions, type CompileOptions } from '../../expression';
import {
  type CompiledEntry,
  type EntryCompileContext,
  nameSource,
  type ResourceKind,
  resourceKinds,
  type WorkloadDeclaration,
} from '../../resources';
import { type Block, type DeletionBlock, entriesOf } from '../model/block.fields';
import { CODE } from '../validate/codes';
import { type CompiledBlock, type CompiledDeletion, type CompiledDeletionStage } from './compiled-katalog';

const DEFAULT_DELETION_TIMEOUT_MS = 5 * 60_000;

export interface BlocksContext {
  readonly problems: ProblemList;
  readonly options: CompileOptions;
  readonly forceConflict: boolean;
  readonly workloads: readonly WorkloadDeclaration[];
}

/** Every workload that onCreate and onReconcile declare: Services select among them. */
export function workloadsOf(blocks: readonly (Block | undefined)[]): readonly WorkloadDeclaration[] {
  return resourceKinds
    .filter((kind) => kind.facts.isWorkload)
    .flatMap(({ facts }) =>
      blocks.flatMap((block) =>
        (entriesOf(block, facts.listKey) as readonly Parameters<ResourceKind['compile']>[0][]).map((entry) => ({
          listKey: facts.listKey,
          name: nameSource(facts.listKey, entry.name),
          position: entry.node.position,
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

function compileEntries(
  block: Block,
  phase: EntryCompileContext['phase'],
  context: BlocksContext,
): readonly CompiledEntry[] {
  const kinds = [...resourceKinds].sort((a, b) => a.facts.order - b.facts.order);
  return kinds.flatMap((kind) =>
    entriesOf(block, kind.facts.listKey).map((entry) =>
      kind.compile(entry as Parameters<ResourceKind['compile']>[0], { ...context, phase }),
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
  return {
    conditions: compileConditions({ when: block.when, or: block.or }, context.problems, context.options),
    ordered,
    timeoutMs: block.timeout ?? DEFAULT_DELETION_TIMEOUT_MS,
    stages,
  };
}

function stagesOf(block: DeletionBlock, context: BlocksContext): readonly CompiledDeletionStage[] {
  const groups = block.groups ?? [];
  const stage = (group: Block, name: string): CompiledDeletionStage => ({
    name,
    conditions: compileConditions({ when: group.when, or: group.or }, context.problems, context.options),
    entries: compileEntries(group, 'onDelete', context),
  });
  if (groups.length === 0) return [{ ...stage(block, block.name?.text ?? 'all'), conditions: ALWAYS }];
  const names = new Set<string>();
  return groups.map((group, index) => {
    const name = group.name?.text ?? String(index + 1);
    if (names.has(name)) report(context.problems, group, `two groups are named "${name}"`);
    names.add(name);
    return stage(group, name);
  });
}

/** Without `ordered` only Jobs would run: entries that would do nothing are an error, not a surprise. */
function reportUnordered(block: DeletionBlock, problems: ProblemList): void {
  if (block.groups !== undefined) report(problems, block, '"groups" need "ordered: true"');
  const idle = resourceKinds
    .filter(({ facts }) => entriesOf(block, facts.listKey).length > 0)
    .map(({ facts }) => facts.listKey);
  if (idle.length > 0) {
    report(
      problems,
      block,
      `${idle.join(', ')} in onDelete would do nothing without "ordered: true"; children of the CR are deleted in any case`,
    );
  }
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
