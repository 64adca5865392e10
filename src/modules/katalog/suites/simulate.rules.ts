// What holds between the fields of a Simulate file (spec: cli §5.5).
import { type SimulateFile } from '../model/simulate.fields';
import { CODE } from '../validate/codes';
import { at, type Findings } from '../validate/rule';
import { namedFile } from './named-file';
import { type SimulateSummary } from './suite-summary';

const DEFAULT_CYCLES = 10;

export interface SimulateOptions {
  /** The resources are given in another way: the file need not name them. */
  readonly withoutCr?: boolean;
}

export function checkSimulate(
  file: SimulateFile,
  findings: Findings,
  { withoutCr = false }: SimulateOptions,
): SimulateSummary {
  const { node, metadata, imports = [], spec } = file;
  if (spec === undefined && imports.length === 0) {
    findings.error(node, CODE.suite, 'expected "spec", or "imports" of other Simulate files');
  }
  if (spec !== undefined && imports.length > 0) {
    findings.error(
      at(file, 'imports'),
      CODE.suite,
      '"imports" belongs to a file without "spec": none of them would run',
    );
  }
  const crs = [...(spec?.cr === undefined ? [] : [spec.cr]), ...(spec?.crFiles ?? [])];
  if (spec !== undefined && crs.length === 0 && !withoutCr) {
    findings.error(spec.node, CODE.suite, 'expected "cr" or "crFiles": the resource to reconcile');
  }
  const { katalog, crd, crdFiles = [], cycles = DEFAULT_CYCLES, expect } = spec ?? {};
  for (const named of [katalog, ...crs, crd, ...crdFiles]) if (named !== undefined) namedFile(named, findings);
  const perCrd = [...(expect?.crds?.values() ?? [])];
  const countOf = (key: 'ops' | 'absent'): number =>
    [expect, ...perCrd].reduce((sum, one) => sum + (one?.[key]?.length ?? 0), 0);
  return {
    kind: 'Simulate',
    name: metadata?.name?.text ?? '',
    description: metadata?.description?.text,
    katalog: katalog?.text,
    crs: crs.map(({ text }) => text),
    cycles: spec === undefined ? undefined : cycles,
    ops: countOf('ops'),
    absent: countOf('absent'),
    expects: expect !== undefined,
    imports: imports.map(({ text }) => text),
  };
}
