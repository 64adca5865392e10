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
import { invalid, notFound } from '../status';
import { type ObjectTarget, type SandboxCore, type WriteOptions, type Written } from './core.types';
import { alignNamespace } from './create';
import { decodeObject, type SentForm } from './decode';
import { draftMeta, listOf, metaOf, withMeta } from './object-meta';
import { asKind, type PartKind } from './part-kind';
import { toServed } from '../versions';
import { getObject } from './read';
import { resourceOf } from './subjects';
import { assertName, assertUid, changeObject } from './update';

const SCALE_API_VERSION = 'autoscaling/v1';

export const SCALE_KIND: PartKind = { group: 'autoscaling', version: 'v1', kind: 'Scale' };

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

/** A draft of a Scale that was sent. @throws ApiStatusError */
export function decodeScale(
  target: ObjectTarget,
  body: JsonObject,
  options: WriteOptions,
  sent: SentForm = {},
): MutableJsonObject {
  return decodeObject(asKind(target, SCALE_KIND), body, options, sent);
}

/** Writes spec.replicas of the decoded Scale into the object. @throws ApiStatusError */
export function replaceScale(
  core: SandboxCore,
  target: ObjectTarget,
  draft: MutableJsonObject,
  options: WriteOptions,
): Written {
  return writeScale(core, target, options, (live) => settleScale(core, target, live, draft, options));
}

/** The Scale to be written, with the managedFields that it then has. @throws ApiStatusError 400 for another object */
export function settleScale(
  core: SandboxCore,
  target: ObjectTarget,
  live: JsonObject,
  draft: MutableJsonObject,
  { fieldManager }: WriteOptions,
): JsonObject {
  assertName(target, draft);
  alignNamespace(target, draft);
  return updateManagedFields(SCALE_TYPE, live, draft, { manager: fieldManager, nowMs: core.clock.now() });
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
  assertUid(target, scale, stored);
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
