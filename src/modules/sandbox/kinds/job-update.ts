// What of a Job may change: how many pods run at once, and while it is suspended, where its pods run and with how much.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { type FieldCause, invalidCause } from '../../schema';
import { part, parts, take, textAt } from './draft';
import { immutableInternal } from './go-form';
import { immutable } from './rules';

/** Where the pods of a suspended job run is open until it ran first. */
const OPEN = ['nodeSelector', 'tolerations', 'schedulingGates'];

export function jobUpdateProblems(object: JsonObject, old: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec') ?? {};
  const before = part(old, 'spec') ?? {};
  const hasStarted = part(old, 'status')?.['startTime'] !== undefined;
  return [
    ...completionsKept(spec, before),
    ...immutable(spec['selector'], before['selector'], 'spec.selector'),
    ...templateKept(spec, before, hasStarted),
    ...immutable(spec['completionMode'], before['completionMode'], 'spec.completionMode'),
    ...immutableInternal(
      'spec.podFailurePolicy',
      '*batch.PodFailurePolicy',
      spec['podFailurePolicy'],
      before['podFailurePolicy'],
    ),
    ...immutable(spec['backoffLimitPerIndex'], before['backoffLimitPerIndex'], 'spec.backoffLimitPerIndex'),
    ...immutable(spec['managedBy'], before['managedBy'], 'spec.managedBy'),
    ...immutableInternal('spec.successPolicy', '*batch.SuccessPolicy', spec['successPolicy'], before['successPolicy']),
  ];
}

function completionsKept(spec: JsonObject, before: JsonObject): readonly FieldCause[] {
  const { completions } = spec;
  if (spec['completionMode'] !== 'Indexed') return immutable(completions, before['completions'], 'spec.completions');
  if (completions === undefined || completions === before['completions'] || completions === spec['parallelism']) {
    return [];
  }
  return [invalidCause('spec.completions', completions, 'can only be modified in tandem with spec.parallelism')];
}

function templateKept(spec: JsonObject, before: JsonObject, hasStarted: boolean): readonly FieldCause[] {
  const template = part(spec, 'template') ?? {};
  const isSuspended = before['suspend'] === true;
  const kept =
    isSuspended && !hasStarted ? withDirectives(part(before, 'template'), template) : part(before, 'template');
  if (!isSuspended) return immutableInternal('spec.template', 'core.PodTemplateSpec', template, kept);
  return immutableInternal(
    'spec.template.spec',
    'core.PodSpec',
    template['spec'],
    withResources(part(kept, 'spec'), part(template, 'spec')),
  );
}

/** The template of before with what says where the pods run as it is now. */
function withDirectives(before: JsonObject | undefined, now: JsonObject): JsonObject {
  const spec: MutableJsonObject = { ...part(before, 'spec') };
  const given = part(now, 'spec') ?? {};
  for (const member of OPEN) take(spec, member, given[member]);
  take(spec, 'affinity', withNodeAffinity(part(spec, 'affinity'), part(given, 'affinity')));
  const template: MutableJsonObject = { ...before, spec };
  const metadata: MutableJsonObject = { ...part(before, 'metadata') };
  for (const member of ['annotations', 'labels']) take(metadata, member, part(now, 'metadata')?.[member]);
  template['metadata'] = metadata;
  return template;
}

/** Only the affinity to nodes is open. */
function withNodeAffinity(before: JsonObject | undefined, now: JsonObject | undefined): JsonObject | undefined {
  if (before === undefined && now === undefined) return undefined;
  const made: MutableJsonObject = { ...before };
  take(made, 'nodeAffinity', now?.['nodeAffinity']);
  return now === undefined && Object.keys(made).length === 0 ? undefined : made;
}

/** With the resources that containers of the same name have now. */
function withResources(before: JsonObject | undefined, now: JsonObject | undefined): JsonObject {
  const spec: MutableJsonObject = { ...before };
  for (const list of ['containers', 'initContainers']) {
    const [old, given] = [parts(spec, list), parts(now, list)];
    if (old.length !== given.length || old.length === 0) continue;
    spec[list] = old.map((container, index) => {
      const other = given[index];
      if (other === undefined || textAt(other, 'name') !== textAt(container, 'name')) return container;
      const made = { ...container };
      take(made, 'resources', other['resources']);
      return made;
    });
  }
  return spec;
}
