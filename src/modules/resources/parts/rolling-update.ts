// rollingUpdate of a Deployment: a profile, or how many pods more and fewer there may be.
import { type JsonObject, type JsonValue, type MutableJsonObject, type SourceText } from '../../common';
import { type Field, literal, object, type ObjectOf, optional, text } from '../../schema';
import { profileClass, profileProperty } from '../profiles/profile-class';
import { profileOrValues } from '../profiles/profile-part';
import { ROLLING_UPDATE_PROFILES } from '../profiles/workload-values';
import { type EntryCompiler } from './common-entry';
import { type Part, put, valuePart } from './part';
import { INT_OR_PERCENT } from './values';

function bounds(amount: Field<SourceText>) {
  return {
    maxSurge: optional(amount, 'Whole number or percentage.'),
    maxUnavailable: optional(amount, 'Whole number or percentage.'),
  } as const;
}

type Bounds = ObjectOf<ReturnType<typeof bounds>>;

export const rollingUpdateProfiles = profileClass({
  key: 'rollingUpdate',
  what: 'rolling update',
  site: 'rollingUpdate.profile',
  doc: 'How pods are replaced; a StatefulSet takes maxUnavailable only.',
  builtIn: ROLLING_UPDATE_PROFILES,
  properties: bounds(literal),
  compile: compileBounds,
});

export const rollingUpdateField = object('rollingUpdate', {
  profile: profileProperty(rollingUpdateProfiles, 'excludes the other keys'),
  ...bounds(text),
});

type RollingUpdate = NonNullable<ReturnType<typeof rollingUpdateField.decode>>;

export function compileRollingUpdate(
  declared: RollingUpdate | undefined,
  compiler: EntryCompiler,
): Part<JsonObject> | undefined {
  return profileOrValues(declared, rollingUpdateProfiles, compiler, compileBounds);
}

function compileBounds(
  { maxSurge, maxUnavailable, node }: Bounds,
  compiler: EntryCompiler,
): (scope: Parameters<Part>[0]) => JsonObject {
  const surge = valuePart(maxSurge, compiler, INT_OR_PERCENT);
  const unavailable = valuePart(maxUnavailable, compiler, INT_OR_PERCENT);
  if (isZero(maxSurge?.text) && isZero(maxUnavailable?.text)) {
    compiler.report(node, 'maxSurge and maxUnavailable are both 0: no pod could ever be replaced');
  }
  return (scope) => {
    const built: MutableJsonObject = {};
    put(built, 'maxSurge', surge?.(scope));
    put(built, 'maxUnavailable', unavailable?.(scope));
    return built;
  };
}

/** `0`, `0%`. */
export function isZero(amount: JsonValue | undefined): boolean {
  return amount === 0 || (typeof amount === 'string' && /^0+%?$/.test(amount));
}
