// The CR's own metadata: labels and finalizers, all in one patch, and only when something differs (engine contract
// §2.7, §3.3).
import { FINALIZER, type JsonObject, type MutableJsonObject } from '../../common';
import { type EvaluationContext, type TemplateData } from '../../expression';
import { type CompiledCrd } from '../../katalog';
import { type KubeObject } from '../../kube';

/**
 * Body of a merge patch for a living CR; undefined when nothing is missing. Throws TemplateExecutionError.
 * `needsFinalizer`: the Katalog needs ours, or a child is left that garbage collection would not find.
 */
export function metadataPatch(
  crd: CompiledCrd,
  cr: KubeObject,
  needsFinalizer: boolean,
  data: TemplateData,
  evaluation: EvaluationContext,
): JsonObject | undefined {
  const labels = labelPatch(crd, cr, data, evaluation);
  const finalizers = wantedFinalizers(crd, cr, needsFinalizer);
  if (labels === undefined && finalizers === undefined) return undefined;
  return {
    metadata: {
      resourceVersion: cr.metadata.resourceVersion,
      ...(labels === undefined ? {} : { labels }),
      ...(finalizers === undefined ? {} : { finalizers }),
    },
  };
}

function labelPatch(
  crd: CompiledCrd,
  cr: KubeObject,
  data: TemplateData,
  evaluation: EvaluationContext,
): JsonObject | undefined {
  let patch: MutableJsonObject | undefined;
  for (const { key, value } of crd.labels) {
    const wanted = value.resolve(data, evaluation);
    if (cr.metadata.labels?.[key] === wanted) continue;
    patch ??= {};
    patch[key] = wanted;
  }
  return patch;
}

/** Undefined: the list is right already. Foreign finalizers stay where they are. */
function wantedFinalizers(crd: CompiledCrd, cr: KubeObject, needsFinalizer: boolean): readonly string[] | undefined {
  const live = cr.metadata.finalizers ?? [];
  const missing = crd.finalizers.filter((finalizer) => !live.includes(finalizer));
  const hasOurs = live.includes(FINALIZER);
  if (missing.length === 0 && hasOurs === needsFinalizer) return undefined;
  const kept = needsFinalizer ? live : live.filter((finalizer) => finalizer !== FINALIZER);
  return [...kept, ...missing, ...(needsFinalizer && !hasOurs ? [FINALIZER] : [])];
}

/** What of the CR's finalizers we have put there. */
export function ourFinalizers(crd: CompiledCrd, cr: KubeObject): readonly string[] {
  const ours = new Set([FINALIZER, ...crd.finalizers]);
  return (cr.metadata.finalizers ?? []).filter((finalizer) => ours.has(finalizer));
}

export function finalizerRemoval(crd: CompiledCrd, cr: KubeObject): JsonObject {
  const ours = new Set(ourFinalizers(crd, cr));
  const { resourceVersion, finalizers } = cr.metadata;
  return { metadata: { resourceVersion, finalizers: (finalizers ?? []).filter((item) => !ours.has(item)) } };
}
