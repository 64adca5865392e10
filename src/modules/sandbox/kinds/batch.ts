// Job and CronJob.
import { type JsonObject, type JsonValue, type MutableJsonObject, scalarText } from '../../common';
import { type FieldCause, invalidCause, notSupportedCause, requiredCause } from '../../schema';
import { ensurePart, fill, numberAt, part, textAt } from './draft';
import { jobUpdateProblems } from './job-update';
import { type KindStrategy } from './kind-strategy';
import { fillPodSpec } from './pod-defaults';
import { podTemplateProblems } from './pod-rules';
import { isSelected, isUnreadable, labelSelector, labelsOf, nonNegative, oneOf } from './rules';

const RESTARTS = ['OnFailure', 'Never'];
const BACKOFF = 6;
const MOST_BACKOFF = 2_147_483_647;
const MAX_CRON_NAME = 52;
const CONTROLLER = 'batch.kubernetes.io/controller-uid';

function fillJob(draft: MutableJsonObject): void {
  const spec = ensurePart(draft, 'spec');
  if (spec['completions'] === undefined && spec['parallelism'] === undefined) spec['completions'] = 1;
  fill(spec, {
    parallelism: 1,
    backoffLimit: spec['backoffLimitPerIndex'] === undefined ? BACKOFF : MOST_BACKOFF,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: spec['podFailurePolicy'] === undefined ? 'TerminatingOrFailed' : 'Failed',
    manualSelector: false,
  });
  const metadata = ensurePart(draft, 'metadata');
  const labels = labelsOf(part(spec, 'template'));
  if (labels !== undefined && Object.keys(part(metadata, 'labels') ?? {}).length === 0) {
    metadata['labels'] = { ...labels };
  }
  fillPodSpec(part(part(spec, 'template'), 'spec'));
}

/** By their older and their newer names. */
function generatedLabels(uid: string, name: string): JsonObject {
  return {
    'controller-uid': uid,
    'job-name': name,
    [CONTROLLER]: uid,
    'batch.kubernetes.io/job-name': name,
  };
}

/** The job finds its pods by a label with its own uid. */
function generateSelector(draft: MutableJsonObject): void {
  const spec = ensurePart(draft, 'spec');
  const metadata = ensurePart(draft, 'metadata');
  if (spec['manualSelector'] === true) return;
  const uid = textAt(metadata, 'uid');
  const name = textAt(metadata, 'name');
  const added = generatedLabels(uid, name);
  const templateMeta = ensurePart(ensurePart(spec, 'template'), 'metadata');
  // Labels that the user gave stay; where they are others, the rules refuse them.
  const labels = ensurePart(templateMeta, 'labels');
  for (const [key, value] of Object.entries(added)) labels[key] ??= value;
  const matchLabels = ensurePart(ensurePart(spec, 'selector'), 'matchLabels');
  matchLabels[CONTROLLER] ??= uid;
}

/** Labels of the template count as those of the job where it had none: the generated ones, too. */
function copyGeneratedLabels(draft: MutableJsonObject, had: JsonObject | undefined): void {
  const labels = labelsOf(part(draft, 'spec') === undefined ? undefined : part(part(draft, 'spec'), 'template'));
  if (labels === undefined) return;
  const metadata = ensurePart(draft, 'metadata');
  const own = part(metadata, 'labels') ?? {};
  const isCopy = Object.entries(own).every(([key, value]) => labels[key] === value);
  const isWhole = Object.keys(own).length === Object.keys(had ?? {}).length;
  if (isCopy && isWhole) metadata['labels'] = { ...labels };
}

function jobSpecProblems(spec: JsonObject | undefined, path: string): readonly FieldCause[] {
  const template = part(spec, 'template');
  const problems: FieldCause[] = [
    ...['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished'].flatMap(
      (member) => nonNegative(spec, member, path),
    ),
    ...podTemplateProblems(template, `${path}.template`),
  ];
  const restartPolicy = textAt(part(template, 'spec'), 'restartPolicy');
  const field = `${path}.template.spec.restartPolicy`;
  if (restartPolicy === '' || restartPolicy === 'Always') {
    problems.push(requiredCause(field, 'valid values: "OnFailure", "Never"'));
  } else if (!RESTARTS.includes(restartPolicy)) problems.push(notSupportedCause(field, restartPolicy, RESTARTS));
  const replacement = textAt(spec, 'podReplacementPolicy');
  const replacements = spec?.['podFailurePolicy'] === undefined ? ['Failed', 'TerminatingOrFailed'] : ['Failed'];
  if (replacement !== '') problems.push(...oneOf(replacement, replacements, `${path}.podReplacementPolicy`));
  if (textAt(spec, 'completionMode') === 'Indexed' && spec?.['completions'] === undefined) {
    problems.push(requiredCause(`${path}.completions`, 'when completion mode is Indexed'));
  }
  return problems;
}

/** Unless it is the user's own, a job has the selector and the labels that were made for it. */
function generatedSelector(object: JsonObject, selector: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec');
  if (spec?.['manualSelector'] === true) return [];
  const metadata = part(object, 'metadata');
  const expected = generatedLabels(textAt(metadata, 'uid'), textAt(metadata, 'name'));
  const labels = labelsOf(part(spec, 'template')) ?? {};
  const problems = Object.entries(expected).flatMap(([key, value]) => {
    const at = `spec.template.metadata.labels[${key}]`;
    if (!Object.hasOwn(labels, key)) return [requiredCause(at, `must be '${scalarText(value)}'`)];
    return labels[key] === value ? [] : [invalidCause(at, labels, `must be '${scalarText(value)}'`)];
  });
  const isOurs = isUnreadable(selector) || isSelected(selector, expected);
  return isOurs ? problems : [...problems, invalidCause('spec.selector', selector, '`selector` not auto-generated')];
}

function jobProblems(object: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec');
  const selector = part(spec, 'selector');
  const problems: FieldCause[] =
    selector === undefined ? [requiredCause('spec.selector')] : [...labelSelector(selector, 'spec.selector')];
  if (selector !== undefined) problems.push(...generatedSelector(object, selector));
  const labels = labelsOf(part(spec, 'template'));
  // No selector selects nothing.
  if (selector === undefined || !isSelected(selector, labels)) {
    problems.push(invalidCause('spec.template.metadata.labels', labels, '`selector` does not match template `labels`'));
  }
  return [...jobSpecProblems(spec, 'spec'), ...problems];
}

/** A Job without labels reads as having those of its template. */
function labelAsTemplate(draft: MutableJsonObject): void {
  const labels = labelsOf(part(part(draft, 'spec'), 'template'));
  const metadata = ensurePart(draft, 'metadata');
  if (labels !== undefined && Object.keys(labelsOf(draft) ?? {}).length === 0) metadata['labels'] = { ...labels };
}

/** A Job that runs has begun once. */
function startKept(object: JsonObject, old: JsonObject): readonly FieldCause[] {
  const before = textAt(part(old, 'status'), 'startTime');
  const now = textAt(part(object, 'status'), 'startTime');
  if (before === '' || before === now || part(object, 'spec')?.['suspend'] === true) return [];
  return [invalidCause('status.startTime', now === '' ? null : now, 'field is immutable for unsuspended job once set')];
}

export const jobs: KindStrategy = {
  default: fillJob,
  prepareForCreate: (draft) => {
    const before = labelsOf(part(part(draft, 'spec'), 'template'));
    const had = before === undefined ? undefined : { ...before };
    generateSelector(draft);
    copyGeneratedLabels(draft, had);
  },
  validate: jobProblems,
  complete: labelAsTemplate,
  validateUpdate: (object, old, subresource) =>
    subresource === 'status'
      ? startKept(object, old)
      : [...jobSpecProblems(part(object, 'spec'), 'spec'), ...jobUpdateProblems(object, old)],
  selectableFields: { 'status.successful': (object) => String(numberAt(part(object, 'status'), 'succeeded') ?? 0) },
};

function cronJobProblems(object: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec');
  const schedule = textAt(spec, 'schedule');
  const problems: FieldCause[] = [];
  if (schedule === '') problems.push(requiredCause('spec.schedule'));
  else problems.push(...scheduleProblems(schedule));
  const name = textAt(part(object, 'metadata'), 'name');
  return [
    ...problems,
    ...nonNegative(spec, 'startingDeadlineSeconds', 'spec'),
    ...timeZoneProblems(spec?.['timeZone']),
    ...oneOf(textAt(spec, 'concurrencyPolicy'), ['Allow', 'Forbid', 'Replace'], 'spec.concurrencyPolicy'),
    ...jobSpecProblems(part(part(spec, 'jobTemplate'), 'spec'), 'spec.jobTemplate.spec'),
    ...nonNegative(spec, 'successfulJobsHistoryLimit', 'spec'),
    ...nonNegative(spec, 'failedJobsHistoryLimit', 'spec'),
    ...(name.length > MAX_CRON_NAME ? [invalidCause('metadata.name', name, 'must be no more than 52 bytes')] : []),
  ];
}

/** The parts of a name of the time zone database. */
const ZONE_PART = /^[A-Za-z._0-9+][A-Za-z._0-9+-]{0,13}$/;

function timeZoneProblems(zone: JsonValue | undefined): readonly FieldCause[] {
  if (typeof zone !== 'string') return [];
  const field = 'spec.timeZone';
  if (zone === '') return [invalidCause(field, zone, 'timeZone must be nil or non-empty string')];
  const unknown = invalidCause(field, zone, `unknown time zone ${zone}`);
  const isName = zone.split('/').every((step) => step !== '.' && step !== '..' && ZONE_PART.test(step));
  if (!isName) return [unknown];
  if (zone.toLowerCase() === 'local') {
    const detail = 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
    return [invalidCause(field, zone, detail), ...(zone === 'Local' ? [] : [unknown])];
  }
  return isTimeZone(zone) ? [] : [unknown];
}

/** A zone of the time zone database of this runtime, in the very spelling. */
function isTimeZone(zone: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions();
    // Of an older name of a zone the right spelling is not known: names begin with a capital.
    const isAlias = timeZone.toLowerCase() !== zone.toLowerCase();
    return isAlias ? zone.split('/').every((step) => /^[A-Z]/.test(step)) : timeZone === zone;
  } catch {
    return false;
  }
}

const DESCRIPTOR = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/;

function scheduleProblems(schedule: string): readonly FieldCause[] {
  const field = 'spec.schedule';
  if (/TZ/.test(schedule)) {
    return [invalidCause(field, schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead')];
  }
  if (schedule.startsWith('@')) {
    return DESCRIPTOR.test(schedule) ? [] : [invalidCause(field, schedule, `unrecognized descriptor: ${schedule}`)];
  }
  const fields = schedule.split(/\s+/).filter((text) => text !== '');
  if (fields.length === 5) return [];
  return [invalidCause(field, schedule, `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`)];
}

export const cronJobs: KindStrategy = {
  default: (draft) => {
    const spec = ensurePart(draft, 'spec');
    fill(spec, {
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
    });
    fillPodSpec(part(part(part(part(spec, 'jobTemplate'), 'spec'), 'template'), 'spec'));
  },
  validate: cronJobProblems,
  validateUpdate: cronJobProblems,
};
