// The columns of workloads: Deployment and what makes pods like it, Job, CronJob, autoscaler, disruption budget.
import { type JsonObject, scalarText } from '../../common';
import { items, numberAt, part, parts, textAt } from '../kinds';
import { type Cells, count, NONE, pairs, selectorText, specOf, statusOf, templateCells } from './cell';
import { ageOf, humanDuration } from './human-duration';

const images = templateCells(specOf);
const selector: Cells = { Selector: (object) => selectorText(part(specOf(object), 'selector')) };
const wanted = (object: JsonObject): number => count(specOf(object), 'replicas');
const status =
  (member: string) =>
  (object: JsonObject): number =>
    count(statusOf(object), member);

export const deploymentCells: Cells = {
  ...images,
  ...selector,
  Ready: (object) => `${count(statusOf(object), 'readyReplicas')}/${wanted(object)}`,
  'Up-to-date': status('updatedReplicas'),
  Available: status('availableReplicas'),
};

export const replicaSetCells: Cells = {
  ...images,
  ...selector,
  Desired: wanted,
  Current: status('replicas'),
  Ready: status('readyReplicas'),
};

export const replicationControllerCells: Cells = {
  ...replicaSetCells,
  Selector: (object) => pairs(specOf(object)?.['selector']),
};

export const statefulSetCells: Cells = {
  ...images,
  Ready: (object) => `${count(statusOf(object), 'readyReplicas')}/${wanted(object)}`,
};

export const daemonSetCells: Cells = {
  ...images,
  ...selector,
  Desired: status('desiredNumberScheduled'),
  Current: status('currentNumberScheduled'),
  Ready: status('numberReady'),
  'Up-to-date': status('updatedNumberScheduled'),
  Available: status('numberAvailable'),
  'Node Selector': (object) => pairs(part(part(specOf(object), 'template'), 'spec')?.['nodeSelector']),
};

function jobStatus(job: JsonObject): string {
  const has = (type: string): boolean =>
    parts(statusOf(job), 'conditions').some(
      (condition) => condition['type'] === type && condition['status'] === 'True',
    );
  if (has('Complete')) return 'Complete';
  if (has('Failed')) return 'Failed';
  if (part(job, 'metadata')?.['deletionTimestamp'] !== undefined) return 'Terminating';
  if (has('Suspended')) return 'Suspended';
  if (has('FailureTarget')) return 'FailureTarget';
  return has('SuccessCriteriaMet') ? 'SuccessCriteriaMet' : 'Running';
}

function completions(job: JsonObject): string {
  const done = count(statusOf(job), 'succeeded');
  const all = numberAt(specOf(job), 'completions');
  if (all !== undefined) return `${done}/${all}`;
  const parallel = count(specOf(job), 'parallelism');
  return parallel > 1 ? `${done}/1 of ${parallel}` : `${done}/1`;
}

function jobDuration(job: JsonObject, nowMs: number): string {
  const start = Date.parse(textAt(statusOf(job), 'startTime'));
  const end = Date.parse(textAt(statusOf(job), 'completionTime'));
  if (Number.isNaN(start)) return '';
  return humanDuration((Number.isNaN(end) ? nowMs : end) - start);
}

export const jobCells: Cells = {
  ...images,
  ...selector,
  Status: jobStatus,
  Completions: completions,
  Duration: jobDuration,
};

export const cronJobCells: Cells = {
  ...templateCells((object) => part(part(specOf(object), 'jobTemplate'), 'spec')),
  Schedule: (object) => textAt(specOf(object), 'schedule'),
  Timezone: (object) => textAt(specOf(object), 'timeZone') || NONE,
  Suspend: (object) => (specOf(object)?.['suspend'] === true ? 'True' : 'False'),
  Active: (object) => items(statusOf(object), 'active').length,
  'Last Schedule': (object, nowMs) => {
    const last = textAt(statusOf(object), 'lastScheduleTime');
    return last === '' ? NONE : ageOf(last, nowMs);
  },
  Selector: (object) => selectorText(part(part(part(specOf(object), 'jobTemplate'), 'spec'), 'selector')),
};

export const autoscalerCells: Cells = {
  Reference: (object) => {
    const target = part(specOf(object), 'scaleTargetRef');
    return `${textAt(target, 'kind')}/${textAt(target, 'name')}`;
  },
  Targets: (object) => {
    const targets = parts(specOf(object), 'metrics').map((metric) => {
      const resource = part(metric, 'resource');
      const percent = numberAt(part(resource, 'target'), 'averageUtilization');
      return percent === undefined ? '<unknown>' : `${textAt(resource, 'name')}: <unknown>/${percent}%`;
    });
    return targets.length === 0 ? NONE : targets.join(', ');
  },
  MinPods: (object) => scalarText(specOf(object)?.['minReplicas']) || '<unset>',
  MaxPods: (object) => count(specOf(object), 'maxReplicas'),
  Replicas: (object) => count(statusOf(object), 'currentReplicas'),
};

export const budgetCells: Cells = {
  'Min Available': (object) => scalarText(specOf(object)?.['minAvailable']) || 'N/A',
  'Max Unavailable': (object) => scalarText(specOf(object)?.['maxUnavailable']) || 'N/A',
  'Allowed Disruptions': (object) => count(statusOf(object), 'disruptionsAllowed'),
};
