// Which workload of the box another entry means (engine contract §6): that of the same name, else the only one. Two
// workloads never share pods, so nothing is guessed beyond that.
import { isLabelValue, type SourceText } from '../../common';
import { type CompiledTemplate } from '../../expression';
import { type CommonEntryFields, type WorkloadDeclaration } from '../resource-kind';
import { type EntryCompiler, forEachText } from './common-entry';

/** The workload, or why there is none, in words. */
export type ChosenWorkload =
  { readonly workload: WorkloadDeclaration } | { readonly workload: undefined; readonly found: string };

export function chooseWorkload(
  decoded: Pick<CommonEntryFields, 'forEach'>,
  { source }: Pick<CompiledTemplate, 'source'>,
  candidates: readonly WorkloadDeclaration[],
): ChosenWorkload {
  const byName = new Map(candidates.map((workload) => [workload.name, workload]));
  const namesake = byName.get(source);
  if (namesake !== undefined) return { workload: namesake };
  const [first, second] = byName.values();
  const only = second === undefined ? first : undefined;
  if (only !== undefined && (only.forEach === undefined || only.forEach === forEachText(decoded))) {
    return { workload: only };
  }
  const names = [...byName.keys()].join(', ');
  if (only !== undefined) {
    return { workload: undefined, found: `the workload ${names} is made by forEach, one for each item` };
  }
  const found =
    byName.size === 0
      ? 'the operatorBox declares no workload'
      : `the operatorBox declares ${byName.size} workloads (${names}), none of this name`;
  return { workload: undefined, found };
}

/** Values that are no templates are judged at load. */
export function checkLabelValues(labels: ReadonlyMap<string, SourceText> | undefined, compiler: EntryCompiler): void {
  for (const { text: value, node } of labels?.values() ?? []) {
    if (!value.includes('{{') && !isLabelValue(value)) compiler.report(node, `"${value}" is not a label value`);
  }
}
