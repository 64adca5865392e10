// The scale subresource: an autoscaling/v1 Scale that is read from and written into three places of the object.
import {
  cloneJson,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type MutableJsonObject,
  parseApiVersion,
  scalarText,
  setAt,
  valueAt,
} from '../../common';
import {
  builtinSchema,
  type FieldCause,
  fieldPath,
  fromScaleEntries,
  invalidCause,
  type ManagedType,
  type ReplicasPaths,
  toScaleEntries,
  updateManagedFields,
} from '../../schema';
import { badRequest, invalid, notFound } from '../status';
import { type ObjectTarget, type SandboxCore, type WriteOptions, type Written } from './core.types';
import { draftMeta, listOf, metaOf, withMeta } from './object-meta';
import { toServed } from '../versions';
import { getObject } from './read';
import { resourceOf } from './subjects';
import { changeObject } from './update';

export const SCALE_API_VERSION = 'autoscaling/v1';

/** The Scale of a stored object. @throws ApiStatusError 404 */
export function getScale(core: SandboxCore, target: ObjectTarget): JsonObject {
  return scaleOf(target, getObject(core, target));
}

export function scaleOf({ version }: ObjectTarget, object: JsonObject): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metaOf(object);
  const { specPath = '', statusPath = '', selectorPath = '.spec.selector' } = version.scale ?? {};
  const replicas = valueAt(object, stepsOf(specPath));
  const selector = selectorText(valueAt(object, stepsOf(selectorPath)));
  return {
    kind: 'Scale',
    apiVersion: SCALE_API_VERSION,
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: typeof replicas === 'number' && replicas !== 0 ? { replicas } : {},
    status: { replicas: count(valueAt(object, stepsOf(statusPath))), ...(selector === '' ? {} : { selector }) },
  };
}

/** Writes spec.replicas of the Scale into the object. @throws ApiStatusError */
export function replaceScale(
  core: SandboxCore,
  target: ObjectTarget,
  scale: JsonObject,
  options: WriteOptions,
): Written {
  assertScale(scale);
  return writeScale(core, target, options, (live) => {
    const sent = { ...scale, kind: 'Scale', apiVersion: SCALE_API_VERSION };
    const write = { manager: options.fieldManager, nowMs: core.clock.now() };
    return updateManagedFields(SCALE_TYPE, live, sent, write);
  });
}

/** `next` makes the new Scale of the live one; both have their managedFields. @throws ApiStatusError 404, 409, 422 */
export function writeScale(
  core: SandboxCore,
  target: ObjectTarget,
  options: WriteOptions,
  next: (live: JsonObject) => JsonObject,
): Written {
  const { definition, name, namespace, version } = target;
  const stored = core.store.get(definition.id, namespace, name);
  if (stored === undefined) throw notFound(resourceOf(definition), name);
  const parent = toServed(definition, version.name, stored);
  const paths = replicasPaths(target);
  const entries = metaOf(parent)['managedFields'];
  const scale = next(withMeta(scaleOf(target, parent), { managedFields: toScaleEntries(entries, paths) }));
  const replicas = valueAt(scale, ['spec', 'replicas']) ?? 0;
  // A custom kind checks its own object.
  const problems = definition.isCustom ? [] : replicasProblems(replicas);
  if (problems.length > 0) throw invalid({ group: 'autoscaling', name: 'Scale' }, name, problems);
  const draft = withReplicas(parent, stepsOf(version.scale?.specPath ?? ''), replicas);
  const metadata = draftMeta(draft);
  const apiVersion = scalarText(parent['apiVersion']);
  metadata['managedFields'] = fromScaleEntries(entries, metaOf(scale)['managedFields'], apiVersion, paths);
  const sentVersion = scalarText(metaOf(scale)['resourceVersion']);
  if (sentVersion !== '') metadata['resourceVersion'] = sentVersion;
  const { object, isCreated } = changeObject(core, target, draft, stored, { ...options, isNoted: true });
  return { object: scaleOf(target, object), isCreated };
}

/** A Scale is a kind of its own to structured merge. */
export const SCALE_TYPE: ManagedType = {
  apiVersion: SCALE_API_VERSION,
  kind: 'Scale',
  subresource: 'scale',
  isCustom: false,
  schemaOf: (apiVersion) =>
    apiVersion === SCALE_API_VERSION ? builtinSchema('autoscaling', 'v1', 'Scale') : undefined,
};

function replicasPaths({ definition }: ObjectTarget): ReplicasPaths {
  return (apiVersion) => {
    const { group, version } = parseApiVersion(apiVersion);
    const served = definition.versions.find(({ name }) => name === version);
    if (group !== definition.group || served === undefined) return undefined;
    return served.scale === undefined ? null : fieldPath(...stepsOf(served.scale.specPath));
  };
}

/** Fills in kind and version; another kind is a 400. */
export function assertScale(scale: JsonObject): void {
  const kind = scalarText(scale['kind']);
  const apiVersion = scalarText(scale['apiVersion']);
  if ((kind === '' || kind === 'Scale') && (apiVersion === '' || apiVersion === SCALE_API_VERSION)) return;
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  throw badRequest(
    `${kind} in version ${JSON.stringify(version)} cannot be handled as a Scale: converting (${version}.${kind}) to (autoscaling.Scale): unknown conversion`,
  );
}

export function withReplicas(object: JsonObject, steps: readonly string[], replicas: JsonValue): MutableJsonObject {
  const draft = cloneJson(object);
  setAt(draft, steps, replicas);
  return draft;
}

function replicasProblems(replicas: JsonValue): readonly FieldCause[] {
  if (typeof replicas === 'number' && replicas >= 0) return [];
  return [invalidCause('spec.replicas', replicas, 'must be greater than or equal to 0')];
}

function count(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}

/** `.spec.replicas` to its steps. */
export function stepsOf(path: string): readonly string[] {
  return path.split('.').filter((step) => step !== '');
}

/** A label selector as text; a custom resource has it as text already. */
function selectorText(selector: JsonValue | undefined): string {
  if (typeof selector === 'string') return selector;
  if (!isJsonObject(selector)) return '';
  const isLabelSelector = isJsonObject(selector['matchLabels']) || selector['matchExpressions'] !== undefined;
  const labels = isLabelSelector ? selector['matchLabels'] : selector;
  const terms: { readonly key: string; readonly text: string }[] = [];
  if (isJsonObject(labels)) {
    for (const key of Object.keys(labels)) terms.push({ key, text: `${key}=${scalarText(labels[key])}` });
  }
  if (isLabelSelector) terms.push(...listOf(selector['matchExpressions']).flatMap(expressionTerm));
  return terms
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ text }) => text)
    .join(',');
}

function expressionTerm(expression: JsonValue): readonly { readonly key: string; readonly text: string }[] {
  if (!isJsonObject(expression)) return [];
  const key = scalarText(expression['key']);
  const values = listOf(expression['values']).map(scalarText).sort().join(',');
  switch (expression['operator']) {
    case 'In':
      return [{ key, text: `${key} in (${values})` }];
    case 'NotIn':
      return [{ key, text: `${key} notin (${values})` }];
    case 'Exists':
      return [{ key, text: key }];
    default:
      return [{ key, text: `!${key}` }];
  }
}
