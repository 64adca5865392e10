// Jobs and CronJobs (docs/reference/notes.md, job and cronjob).
import { type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { type NoteSpec } from '../registry';
import { at, countAt, joined, listAt, textAt } from './object';
import { pathNotes } from './path-notes';

const CHILDREN = {
  children: {
    job: {
      status: { succeeded: 1, failed: 1, active: 1 },
      _pods: [
        { name: 'load-a', phase: 'Failed', exitCode: 3 },
        { name: 'load-b', phase: 'Succeeded', exitCode: 0 },
        { name: 'load-c', phase: 'Running', exitCode: -1 },
      ],
    },
    cronjob: {
      status: {
        active: [{ name: 'nightly-9' }],
        lastScheduleTime: '2026-03-04T02:00:00Z',
        lastSuccessfulTime: '2026-03-04T02:03:10Z',
        nextScheduleTime: '2026-03-05T02:00:00Z',
      },
      _lastJob: { metadata: { name: 'nightly-9' }, status: { succeeded: 1 } },
      _lastSuccessfulJob: { metadata: { name: 'nightly-8' } },
    },
  },
};
const job = pathNotes(notesOf('job'), '.children.job', CHILDREN);
const cronJob = pathNotes(notesOf('cronjob'), '.children.cronjob', CHILDREN);

/** Of the first pod that has ended; a summary without one is of a pod that has not. */
function firstExitCode(object: Value): number {
  const ended = listAt(object, '_pods').find(
    (pod) => at(pod, 'exitCode') !== undefined && countAt(pod, 'exitCode') >= 0,
  );
  return ended === undefined ? -1 : countAt(ended, 'exitCode');
}

function names(object: Value, isWanted: (phase: string) => boolean): string {
  const wanted = listAt(object, '_pods').filter((pod) => isWanted(textAt(pod, 'phase')));
  return joined(wanted.map((pod) => textAt(pod, 'name')));
}

function counter(name: string, field: string, doc: string): NoteSpec {
  return job.of(`${name}(object any) bool`, doc, 'true', (object) => countAt(object, 'status', field) > 0);
}

export const jobNotes: readonly NoteSpec[] = [
  counter('jobSucceeded', 'succeeded', 'Whether a pod has succeeded.'),
  counter('jobFailed', 'failed', 'Whether a pod has failed.'),
  counter('jobActive', 'active', 'Whether a pod is running.'),
  job.of(
    'jobFirstExitCode(object any) int',
    'The exit code of the first pod that has ended; -1 while there is none (enrich: pods).',
    '3',
    firstExitCode,
  ),
  job.of('jobActivePodNames(object any) string', 'The pods that have not ended (enrich: pods).', 'load-c', (object) =>
    names(object, (phase) => phase !== 'Succeeded' && phase !== 'Failed'),
  ),
  job.of('jobSucceededPodNames(object any) string', 'The pods that succeeded (enrich: pods).', 'load-b', (object) =>
    names(object, (phase) => phase === 'Succeeded'),
  ),
  job.of('jobFailedPodNames(object any) string', 'The pods that failed (enrich: pods).', 'load-a', (object) =>
    names(object, (phase) => phase === 'Failed'),
  ),
];

export const cronJobNotes: readonly NoteSpec[] = [
  cronJob.size('cronJobActiveCount', 'status.active', 'How many Jobs are running.', '1'),
  cronJob.text(
    'cronJobLastScheduleTime',
    'status.lastScheduleTime',
    'When a Job was last started.',
    '2026-03-04T02:00:00Z',
  ),
  cronJob.text(
    'cronJobLastSuccessTime',
    'status.lastSuccessfulTime',
    'When a Job last succeeded.',
    '2026-03-04T02:03:10Z',
  ),
  cronJob.text(
    'cronJobNextScheduleTime',
    'status.nextScheduleTime',
    'When the next Job is due.',
    '2026-03-05T02:00:00Z',
  ),
  cronJob.text('cronJobLastJobName', '_lastJob.metadata.name', 'The newest Job (enrich: cronjob).', 'nightly-9'),
  cronJob.text(
    'cronJobLastSuccessfulJobName',
    '_lastSuccessfulJob.metadata.name',
    'The newest Job that succeeded (enrich: cronjob).',
    'nightly-8',
  ),
  cronJob.of(
    'cronJobLastJobSucceeded(object any) bool',
    'Whether the newest Job succeeded (enrich: cronjob).',
    'true',
    (object) => countAt(object, '_lastJob', 'status', 'succeeded') > 0,
  ),
];
