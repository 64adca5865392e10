// rollingUpdate of a StatefulSet: it has no surge, because a pod's name is taken until the pod is gone.
import { type JsonObject } from '../../common';
import { object, optional, text, unsupported } from '../../schema';
import { profileProperty } from '../profiles/profile-class';
import { checkExclusive, profilePart } from '../profiles/profile-part';
import { type EntryCompiler } from './common-entry';
import { type Part, valuePart } from './part';
import { isZero, rollingUpdateProfiles } from './rolling-update';
import { INT_OR_PERCENT } from './values';

export const orderedUpdateField = object('rollingUpdate of a stateful set', {
  profile: profileProperty(
    rollingUpdateProfiles,
    'its maxUnavailable counts, where none is one after the other; excludes maxUnavailable',
  ),
  maxUnavailable: optional(
    text,
    'Pods that may be away at once: whole number or percentage; default 1, also where the cluster does not know the field.',
  ),
  maxSurge: unsupported('a StatefulSet makes no pods beside those that it has'),
});

type OrderedUpdate = NonNullable<ReturnType<typeof orderedUpdateField.decode>>;

/** `updateStrategy`. */
export function compileOrderedUpdate(
  declared: OrderedUpdate | undefined,
  compiler: EntryCompiler,
): Part<JsonObject> | undefined {
  if (declared === undefined) return undefined;
  checkExclusive(declared, compiler);
  if (declared.profile !== undefined) {
    const profile = profilePart(declared.profile, rollingUpdateProfiles, compiler);
    return (scope) => {
      const { maxUnavailable } = profile(scope);
      // None away at once means here: one after the other, which is the default.
      return strategy(isZero(maxUnavailable) ? undefined : maxUnavailable);
    };
  }
  const maxUnavailable = valuePart(declared.maxUnavailable, compiler, INT_OR_PERCENT);
  if (isZero(declared.maxUnavailable?.text)) {
    compiler.report((declared.maxUnavailable ?? declared).node, 'maxUnavailable is 0: no pod could ever be replaced');
  }
  return (scope) => strategy(maxUnavailable?.(scope));
}

function strategy(maxUnavailable: JsonObject[string] | undefined): JsonObject {
  return { type: 'RollingUpdate', ...(maxUnavailable === undefined ? {} : { rollingUpdate: { maxUnavailable } }) };
}
