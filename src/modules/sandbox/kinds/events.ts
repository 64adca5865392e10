// Event in both of its APIs: the older accepts what old clients send, the newer is strict.
import { jsonEquals, type JsonObject, type JsonValue, type MutableJsonObject } from '../../common';
import { type FieldCause, invalidCause, requiredCause } from '../../schema';
import { qualifiedNameProblems } from '../selectors';
import { fill, numberAt, part, textAt } from './draft';
import { type KindStrategy } from './kind-strategy';
import { immutable } from './rules';

const MAX_TEXT = 128;
const MAX_NOTE = 1_024;

/** What both APIs ask for; an Event with a time is one of the newer sort. `reporter`: what the API calls the field. */
function commonProblems(event: JsonObject, reporter: string): readonly FieldCause[] {
  const object = convertEvent(event, 'v1');
  const namespace = textAt(part(object, 'metadata'), 'namespace');
  const involved = textAt(part(object, 'involvedObject'), 'namespace');
  const stranger = invalidCause('involvedObject.namespace', involved, 'does not match event.namespace');
  if (textAt(object, 'eventTime') === '') {
    const isFitting = involved === namespace || (involved === '' && namespace === 'default');
    return isFitting ? [] : [stranger];
  }
  const isFitting = involved !== '' || namespace === 'default' || namespace === 'kube-system';
  const controller = textAt(object, 'reportingComponent');
  return [
    ...(isFitting ? [] : [stranger]),
    ...(controller === '' ? [requiredCause(reporter)] : []),
    ...qualifiedNameProblems(controller).map((text) => invalidCause(reporter, controller, text)),
    ...['reportingInstance', 'action', 'reason'].flatMap((member) => textProblems(object, member)),
    ...(textAt(object, 'message').length > MAX_NOTE ? [tooLong('message', MAX_NOTE)] : []),
  ];
}

function textProblems(object: JsonObject, member: string): readonly FieldCause[] {
  const text = textAt(object, member);
  if (text === '') return [requiredCause(member)];
  return text.length > MAX_TEXT ? [tooLong(member, MAX_TEXT)] : [];
}

function tooLong(field: string, most: number): FieldCause {
  return invalidCause(field, '', `can have at most ${most} characters`);
}

function newerProblems(event: JsonObject): readonly FieldCause[] {
  const object = convertEvent(event, 'v1');
  const type = textAt(object, 'type');
  const unset = (field: string, isSet: boolean): readonly FieldCause[] =>
    isSet ? [invalidCause(field, '', 'needs to be unset')] : [];
  return [
    ...commonProblems(event, 'reportingController'),
    ...seriesProblems(object),
    ...(textAt(object, 'eventTime') === '' ? [requiredCause('eventTime')] : []),
    ...(['Normal', 'Warning'].includes(type) ? [] : [invalidCause('type', '', `has invalid value: ${type}`)]),
    ...unset('firstTimestamp', textAt(object, 'firstTimestamp') !== ''),
    ...unset('lastTimestamp', textAt(object, 'lastTimestamp') !== ''),
    ...unset('count', (numberAt(object, 'count') ?? 0) !== 0),
    ...unset('source', Object.keys(part(object, 'source') ?? {}).length > 0),
  ];
}

function seriesProblems(object: JsonObject): readonly FieldCause[] {
  const series = part(object, 'series');
  if (series === undefined) return [];
  return [
    ...((numberAt(series, 'count') ?? 0) < 2 ? [invalidCause('series.count', '', 'should be at least 2')] : []),
    ...(textAt(series, 'lastObservedTime') === '' ? [requiredCause('series.lastObservedTime')] : []),
  ];
}

/** Of an Event that happened only its series goes on. */
function newerKept(event: JsonObject, old: JsonObject): readonly FieldCause[] {
  const [object, before] = [convertEvent(event, 'v1'), convertEvent(old, 'v1')];
  const kept = (member: string, field = member): readonly FieldCause[] =>
    immutable(plain(object[member]), plain(before[member]), field);
  return [
    ...commonProblems(event, 'reportingController'),
    ...(jsonEquals(object['series'], before['series']) ? [] : seriesProblems(object)),
    ...['involvedObject', 'reason', 'message', 'source', 'firstTimestamp', 'lastTimestamp', 'count'].flatMap((member) =>
      kept(member),
    ),
    ...['reason', 'type', 'eventTime', 'action', 'related'].flatMap((member) => kept(member)),
    ...kept('reportingComponent', 'reportingController'),
    ...kept('reportingInstance'),
  ];
}

/** Null and absent are the same. */
function plain(value: JsonValue | undefined): JsonValue | undefined {
  return value ?? undefined;
}

/** Between the core form of an Event and that of events.k8s.io. */
export function convertEvent(object: JsonObject, apiVersion: string): JsonObject {
  const isCore = apiVersion === 'v1';
  const names = isCore ? TO_CORE : FROM_CORE;
  const made: MutableJsonObject = {};
  for (const [member, value] of Object.entries(object)) made[names[member] ?? member] = value;
  made['apiVersion'] = apiVersion;
  if (!isCore) {
    // The newer type leaves out what says nothing.
    for (const member of ['reportingController', 'reportingInstance', 'deprecatedCount']) {
      if (made[member] === '' || made[member] === 0) delete made[member];
    }
  } else {
    fill(made, { involvedObject: {}, source: {}, reportingComponent: '', reportingInstance: '' });
    for (const member of ['firstTimestamp', 'lastTimestamp', 'eventTime']) made[member] ??= null;
    delete made['deprecatedCount'];
  }
  return made;
}

const FROM_CORE: Readonly<Record<string, string>> = {
  involvedObject: 'regarding',
  message: 'note',
  source: 'deprecatedSource',
  firstTimestamp: 'deprecatedFirstTimestamp',
  lastTimestamp: 'deprecatedLastTimestamp',
  count: 'deprecatedCount',
  reportingComponent: 'reportingController',
};
const TO_CORE: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(FROM_CORE).map(([core, newer]) => [newer, core]),
);

export const events: KindStrategy = {
  validate: (object) => commonProblems(object, 'reportingComponent'),
  validateUpdate: (object) => commonProblems(object, 'reportingComponent'),
  hasGeneration: false,
  allowsCreateOnUpdate: true,
  selectableFields: {
    ...Object.fromEntries(
      ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'].map((member) => [
        `involvedObject.${member}`,
        (object: JsonObject) => textAt(part(object, 'involvedObject'), member),
      ]),
    ),
    reason: (object) => textAt(object, 'reason'),
    type: (object) => textAt(object, 'type'),
    reportingComponent: (object) => textAt(object, 'reportingComponent'),
    source: (object) => textAt(part(object, 'source'), 'component') || textAt(object, 'reportingComponent'),
  },
};

/** Of the newer API: the same content under other names. */
export const newerEvents: KindStrategy = {
  ...events,
  validate: newerProblems,
  validateUpdate: newerKept,
  selectableFields: Object.fromEntries(
    Object.entries({
      ...Object.fromEntries(
        ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'].map((member) => [
          `regarding.${member}`,
          (object: JsonObject) => textAt(part(object, 'regarding'), member),
        ]),
      ),
      reason: (object: JsonObject) => textAt(object, 'reason'),
      type: (object: JsonObject) => textAt(object, 'type'),
      reportingController: (object: JsonObject) => textAt(object, 'reportingController'),
    }),
  ),
};
