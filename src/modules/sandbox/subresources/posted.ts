// Parts of an object that take a POST of another kind and store nothing of it: the binding and the eviction of a pod, the
// token of a service account.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { builtinSchema } from '../../schema';
import { type ServedVersion } from '../registry';
import {
  alignNamespace,
  decodeObject,
  noteUpdate,
  textOf,
  type ObjectTarget,
  type SandboxCore,
  type SentForm,
  type Target,
  type WriteOptions,
} from '../verbs';
import { bindPod } from './bind-pod';
import { evictPod } from './evict-pod';
import { fillTokenRequest, requestToken } from './request-token';

/** What came in, decoded; the answer. */
export type PostedPart = (
  core: SandboxCore,
  target: ObjectTarget,
  body: JsonObject,
  options: WriteOptions,
) => JsonObject;

interface Posted {
  readonly group: string;
  readonly kind: string;
  readonly act: PostedPart;
  /** Defaults of what is sent. */
  readonly fill?: (draft: MutableJsonObject) => void;
}

type WrittenTarget = Target & Pick<ObjectTarget, 'subresource'>;

const POSTED: Readonly<Record<string, Posted>> = {
  '/pods binding': { group: '', kind: 'Binding', act: bindPod },
  '/pods eviction': { group: 'policy', kind: 'Eviction', act: evictPod },
  '/serviceaccounts token': {
    group: 'authentication.k8s.io',
    kind: 'TokenRequest',
    act: requestToken,
    fill: fillTokenRequest,
  },
};

/** `bindings` is an older way to the binding of a pod; the name stands in the body. */
export function postedPlace({ registry }: SandboxCore, target: ObjectTarget): ObjectTarget {
  const pods = target.definition.id === '/bindings' ? registry.find('', 'v1', 'pods') : undefined;
  return pods === undefined ? target : { ...target, ...pods, subresource: 'binding' };
}

function postedOf({ definition }: Pick<Target, 'definition'>, subresource: string): Posted | undefined {
  const key = `${definition.id} ${subresource}`;
  return Object.hasOwn(POSTED, key) ? POSTED[key] : undefined;
}

export function isPosted(target: Pick<Target, 'definition'>, subresource: string): boolean {
  return postedOf(target, subresource) !== undefined;
}

/** The kind that such a part takes. */
export function postedKind(
  target: ObjectTarget,
): { readonly group: string; readonly version: string; readonly kind: string } | undefined {
  const posted = postedOf(target, target.subresource ?? '');
  return posted && { group: posted.group, version: 'v1', kind: posted.kind };
}

/** @throws ApiStatusError */
export function postPart(
  core: SandboxCore,
  target: ObjectTarget,
  body: JsonObject,
  options: WriteOptions,
  sent: SentForm,
): JsonObject {
  const posted = postedOf(target, target.subresource ?? '');
  if (posted === undefined) throw new Error(`${target.definition.id} has no such part`);
  const kind = asKind(target, posted);
  const draft = decodeObject(kind, body, options, sent);
  alignNamespace(kind, draft);
  const place = target.name === '' ? { ...target, name: textOf(draft, 'name') } : target;
  return posted.act(core, place, noteUpdate(core, kind, draft, undefined, options), options);
}

/** To the decoder the part is a resource of its own kind. */
function asKind({ definition, namespace, subresource }: ObjectTarget, { group, kind, fill }: Posted): WrittenTarget {
  const version: ServedVersion = { name: 'v1', schema: builtinSchema(group, 'v1', kind) ?? {}, hasStatus: false };
  const strategy = fill === undefined ? {} : { default: fill };
  return { namespace, version, subresource, definition: { ...definition, group, kind, versions: [version], strategy } };
}
