// Phase "status": what the CR's status should say against what it says. One merge patch on the subresource, with the
// version that we read (engine contract §2.6), and only when something differs.
import {
  isJsonArray,
  isJsonObject,
  jsonEquals,
  type JsonObject,
  jsonText,
  type JsonValue,
  type MutableJsonObject,
} from '../../common';
import { type EvaluationContext, type TemplateData } from '../../expression';
import { type CompiledCrd } from '../../katalog';
import { type KubeObject } from '../../kube';
import { type Logger } from '../../observability';
import { pruneBySchema } from '../../schema';
import { type CrMemory } from '../children/child-memory';
import { conditionsOf, mergeConditions, type PassVerdict } from './conditions';
import { renderStatusFields } from './status-fields';

export interface StatusInput {
  readonly crd: CompiledCrd;
  readonly cr: KubeObject;
  readonly data: TemplateData;
  readonly evaluation: EvaluationContext;
  readonly verdict: PassVerdict;
  readonly memory: CrMemory;
  readonly logger: Logger;
}

/** The body of the merge patch, undefined when the status says it already. */
export function statusPatch(input: StatusInput): JsonObject | undefined {
  const { crd, cr, memory } = input;
  if (!crd.status.isWritten) return undefined;
  const live = isJsonObject(cr['status']) ? cr['status'] : {};
  const wanted = wantedStatus(input, live);
  if (isContained(wanted, live)) return undefined;
  // The server drops what the schema doesn't know without a word: such a difference would never close.
  const kept = crd.status.schema === undefined ? wanted : pruneBySchema(wanted, crd.status.schema).value;
  if (isContained(kept, live) || isAnswered(kept, live, memory)) return undefined;
  const { resourceVersion } = cr.metadata;
  return { ...(resourceVersion === undefined ? {} : { metadata: { resourceVersion } }), status: kept };
}

/**
 * Keeps what the server made of a status that it did not take as it was: without the CRD's manifest nobody knows its
 * schema beforehand, and the same patch would be sent on every pass.
 */
export function rememberStatus(memory: CrMemory, body: JsonObject, answer: KubeObject): void {
  const sent = isJsonObject(body['status']) ? body['status'] : {};
  const live = isJsonObject(answer['status']) ? answer['status'] : {};
  memory.statusAnswer = isContained(sent, live) ? undefined : { text: textOf(sent), live };
}

function isAnswered(status: JsonObject, live: JsonObject, { statusAnswer }: CrMemory): boolean {
  return statusAnswer !== undefined && jsonEquals(statusAnswer.live, live) && statusAnswer.text === textOf(status);
}

/** Without the times, which are new whenever the server drops them. */
function textOf(status: JsonObject): string {
  return jsonText(withoutTimes(status));
}

function withoutTimes(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(withoutTimes);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).filter(([key]) => key !== 'lastTransitionTime');
  return Object.fromEntries(
    members.map(([key, member]) => [key, member === undefined ? member : withoutTimes(member)]),
  );
}

function wantedStatus(input: StatusInput, live: JsonObject): JsonObject {
  const { crd, cr, verdict, data, evaluation, logger } = input;
  const { generation } = cr.metadata;
  const status: MutableJsonObject = {};
  if (crd.status.conditions !== 'off') {
    status['conditions'] = mergeConditions(
      live['conditions'],
      conditionsOf(verdict, crd.status.conditions),
      generation,
      evaluation.clock,
    );
  }
  if (crd.status.writesObservedGeneration && generation !== undefined && verdict.type !== 'paused') {
    status['observedGeneration'] = generation;
  }
  if (verdict.type !== 'paused') {
    renderStatusFields(crd.status, data, evaluation, verdict.type !== 'success', status, logger);
  }
  return status;
}

/** Whether a merge patch with `wanted` would change nothing. */
function isContained(wanted: JsonObject, live: JsonObject): boolean {
  for (const key of Object.keys(wanted)) {
    const value = wanted[key];
    if (value !== undefined && !isSame(value, live[key])) return false;
  }
  return true;
}

function isSame(wanted: JsonValue, live: JsonValue | undefined): boolean {
  if (wanted === live) return true;
  if (isJsonObject(wanted)) return isJsonObject(live) && isContained(wanted, live);
  return jsonEquals(wanted, live);
}
