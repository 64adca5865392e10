// What is added to the data of a CR before its templates: docs/reference/katalog.md, enrich and normalize.
import { didYouMean, type SourceNode } from '../../common';
import { conditionList } from '../../expression';
import { either, list, mapOf, object, oneOfIgnoringCase, optional, text } from '../../schema';

/** Names of a target, the canonical one first. */
export const ENRICH_TARGETS = {
  pods: ['pod'],
  events: ['event', 'warnings', 'ev'],
  replicasets: [],
  owner: [],
  endpoints: ['ep', 'endpointslice'],
  pvcs: [],
  pvc: ['pvclaim', 'persistentvolumeclaim'],
  storageclass: ['sc', 'storageclasses'],
  backingpods: [],
  node: [],
  hpa: ['horizontalpodautoscaler'],
  cronjob: ['cj', 'cronjobs'],
  ingress: ['ing', 'ingresses'],
  pv: ['pvs', 'persistentvolume'],
} as const;

const names: readonly string[] = Object.entries(ENRICH_TARGETS).flatMap(([name, aliases]) => [name, ...aliases]);

const conditional = mapOf(
  object('enrich conditions', {
    when: optional(conditionList, 'All must pass; they may use .children.'),
    or: optional(conditionList, 'At least one must pass.'),
  }),
  (key) => (names.includes(key.toLowerCase()) ? undefined : `unknown target "${key}"${didYouMean(key, names)}`),
);

/** `pods`, or `pods: { when: [...] }`. */
export const enrichField = list(
  either((node: SourceNode) => node.kind === 'map', conditional, oneOfIgnoringCase(names)),
);

export const normalizeField = object('normalize', {
  spec: optional(
    mapOf(text, (key) =>
      /^[A-Za-z_$][-\w$]*(\.[A-Za-z_$][-\w$]*)*$/.test(key) ? undefined : `expected a path in spec, found "${key}"`,
    ),
    'New values by their path in spec, for the templates of a pass only; each sees the CR as it was.',
  ),
});
