// scaleTargetRef of an autoscaler: as declared, or the workload of the box.
import { type JsonObject } from '../../common';
import { type CompiledTemplate } from '../../expression';
import { object, optional, text } from '../../schema';
import { type CommonEntryFields } from '../resource-kind';
import { type EntryCompiler } from './common-entry';
import { type Part, requiredTextPart } from './part';
import { chooseWorkload } from './selected-workload';

/** Kinds with a scale of their own, and the lists that declare them. */
const SCALABLE: Readonly<Record<string, string>> = {
  Deployment: 'deployments',
  StatefulSet: 'statefulSets',
  ReplicaSet: 'replicaSets',
};
const APPS = 'apps/v1';

export const scaleTargetField = object('scale target', {
  apiVersion: optional(text, `Default ${APPS} for a Deployment, StatefulSet or ReplicaSet.`),
  kind: optional(text, 'Kind; default: that of the workload of the box.'),
  name: optional(text, 'Name; default: the workload of the name of this entry, else the only one.'),
});

type ScaleTarget = NonNullable<ReturnType<typeof scaleTargetField.decode>>;

interface WithTarget extends CommonEntryFields {
  readonly scaleTargetRef: ScaleTarget | undefined;
}

export function compileScaleTarget(
  decoded: WithTarget,
  name: CompiledTemplate,
  compiler: EntryCompiler,
): Part<JsonObject> {
  const target = decoded.scaleTargetRef;
  const kind =
    target?.kind === undefined ? undefined : requiredTextPart(target.kind, compiler, 'the kind of the target');
  const ownName =
    target?.name === undefined ? undefined : requiredTextPart(target.name, compiler, 'the name of the target');
  const chosen = kind !== undefined && ownName !== undefined ? undefined : workloadOf(decoded, name, compiler);
  const foundName =
    ownName !== undefined || chosen === undefined ? undefined : compiler.borrowed(chosen.name, chosen.position);
  const apiVersion = compileApiVersion(decoded, compiler);
  return (scope) => {
    const built = kind?.(scope) ?? chosen?.kind ?? '';
    return {
      apiVersion: apiVersion?.(scope) ?? APPS,
      kind: built,
      name: ownName?.(scope) ?? foundName?.resolve(scope.data, scope.evaluation) ?? '',
    };
  };
}

/** The workload that fills in what the target leaves out. */
function workloadOf(
  decoded: WithTarget,
  name: CompiledTemplate,
  compiler: EntryCompiler,
):
  | { readonly kind: string; readonly name: string; readonly position: CommonEntryFields['node']['position'] }
  | undefined {
  const { workloads, phase } = compiler.context;
  if (phase === 'onDelete') return undefined;
  const target = decoded.scaleTargetRef;
  const lists = target?.kind === undefined ? Object.values(SCALABLE) : [SCALABLE[target.kind.text] ?? ''];
  const candidates = workloads.filter(({ listKey }) => lists.includes(listKey));
  // A declared name says which one; that of this entry is only a hint.
  const wanted = target?.name === undefined ? name : { source: target.name.text };
  const isNamed = target?.name !== undefined;
  const chosen = chooseWorkload(
    decoded,
    wanted,
    isNamed ? candidates.filter((one) => one.name === wanted.source) : candidates,
  );
  if (chosen.workload === undefined) {
    const missing = target?.kind === undefined ? (isNamed ? '"kind"' : '"kind" and "name"') : '"name"';
    compiler.report(
      (target ?? decoded).node,
      `scaleTargetRef needs ${missing}: ${isNamed ? 'the operatorBox declares no such workload' : chosen.found}`,
    );
    return undefined;
  }
  const { listKey } = chosen.workload;
  const kind = Object.keys(SCALABLE).find((key) => SCALABLE[key] === listKey) ?? '';
  return { kind, name: chosen.workload.name, position: chosen.workload.position };
}

function compileApiVersion({ scaleTargetRef: target }: WithTarget, compiler: EntryCompiler): Part<string> | undefined {
  if (target?.apiVersion !== undefined) {
    return requiredTextPart(target.apiVersion, compiler, 'the apiVersion of the target');
  }
  const kind = target?.kind;
  if (kind !== undefined && !kind.text.includes('{{') && !Object.hasOwn(SCALABLE, kind.text)) {
    compiler.report(kind.node, `scaleTargetRef needs "apiVersion" for a ${kind.text}`);
  }
  return undefined;
}
