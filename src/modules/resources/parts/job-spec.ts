// The spec of a Job, which a CronJob has, too: pods that end.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { type Decoded, integer, type Located, optional } from '../../schema';
import { type BuildScope } from '../resource-kind';
import { commonProperties, type EntryCompiler } from './common-entry';
import { annotationsProperty } from './metadata';
import { put } from './part';
import { compilePodTemplate, podLabels, podProperties } from './pod-template';

const MOST = 2_147_483_647;

/** Spread into the description of such a kind. */
export const jobProperties = {
  ...commonProperties,
  annotations: annotationsProperty,
  ...podProperties,
  completions: optional(integer(1, MOST), 'Pods that have to succeed; default 1.'),
  parallelism: optional(integer(0, MOST), 'Pods that run at once; default 1.'),
  activeDeadlineSeconds: optional(integer(1, MOST), 'A Job that runs longer has failed.'),
} as const;

type JobFields = Decoded<typeof jobProperties> & Located & { readonly backoffLimit: number | undefined };

/** `spec` of the Job; the labels are those of the object. */
export function compileJobSpec(
  fields: JobFields,
  compiler: EntryCompiler,
): (scope: BuildScope, userLabels: JsonObject) => JsonObject {
  const template = compilePodTemplate(fields, compiler);
  return (scope, userLabels) => {
    const spec: MutableJsonObject = {};
    for (const key of ['completions', 'parallelism', 'activeDeadlineSeconds', 'backoffLimit'] as const) {
      put(spec, key, fields[key]);
    }
    const pod = template(scope, podLabels(scope, userLabels));
    spec['template'] = { ...pod, spec: { ...(pod['spec'] as JsonObject), restartPolicy: 'OnFailure' } };
    return spec;
  };
}
