// resources of a container: a profile, or requests and limits.
import { type JsonObject, type MutableJsonObject, parseQuantity, type SourceText } from '../../common';
import { type Field, literal, mapOf, object, type ObjectOf, optional, text } from '../../schema';
import { profileClass, profileProperty } from '../profiles/profile-class';
import { profileOrValues } from '../profiles/profile-part';
import { RESOURCE_PROFILES } from '../profiles/workload-values';
import { type EntryCompiler } from './common-entry';
import { resourceKey } from './key-rules';
import { type Part, put, quantitiesPart } from './part';

function amounts(amount: Field<SourceText>) {
  return {
    requests: optional(mapOf(amount, resourceKey), 'Quantities by resource name.'),
    limits: optional(mapOf(amount, resourceKey), 'Quantities by resource name.'),
  } as const;
}

type Amounts = Omit<ObjectOf<ReturnType<typeof amounts>>, 'node'>;

export const resourceProfiles = profileClass({
  key: 'resources',
  what: 'resource',
  site: 'resources.profile',
  doc: 'Requests and limits of containers.',
  builtIn: RESOURCE_PROFILES,
  properties: amounts(literal),
  compile(declared, compiler) {
    const built = compileAmounts(declared, compiler);
    return (scope): JsonObject => built(scope) ?? {};
  },
});

export const resourcesField = object('resources', {
  profile: profileProperty(resourceProfiles, 'excludes requests and limits'),
  ...amounts(text),
});

type Resources = NonNullable<ReturnType<typeof resourcesField.decode>>;

export function compileResources(
  declared: Resources | undefined,
  compiler: EntryCompiler,
): Part<JsonObject> | undefined {
  return profileOrValues(declared, resourceProfiles, compiler, compileAmounts);
}

function compileAmounts(declared: Amounts, compiler: EntryCompiler): Part<JsonObject> {
  checkRequests(declared, compiler);
  const requests = quantitiesPart(declared.requests, compiler);
  const limits = quantitiesPart(declared.limits, compiler);
  return (scope) => {
    const built: MutableJsonObject = {};
    put(built, 'requests', requests(scope));
    put(built, 'limits', limits(scope));
    return Object.keys(built).length > 0 ? built : undefined;
  };
}

/** The API server refuses a request above its limit; literals are compared at load. */
function checkRequests({ requests, limits }: Amounts, compiler: EntryCompiler): void {
  for (const [key, { text: request, node }] of requests ?? []) {
    const limit = limits?.get(key)?.text ?? '';
    const [low, high] = [parseQuantity(request), parseQuantity(limit)];
    if (low !== undefined && high !== undefined && low > high) {
      compiler.report(node, `the request ${request} is more than the limit ${limit}`);
    }
  }
}
