// Parts of an object that take a POST of another kind and store nothing of it: the binding and the eviction of a pod, the
// token of a service account.
import { type JsonObject } from '../../common';
import {
  alignNamespace,
  asKind,
  decodeObject,
  noteUpdate,
  textOf,
  type ObjectTarget,
  type PartKind,
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

interface Posted extends PartKind {
  readonly act: PostedPart;
}

const POSTED: Readonly<Record<string, Posted>> = {
  '/pods binding': { group: '', version: 'v1', kind: 'Binding', act: bindPod },
  '/pods eviction': { group: 'policy', version: 'v1', kind: 'Eviction', act: evictPod },
  '/serviceaccounts token': {
    group: 'authentication.k8s.io',
    version: 'v1',
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
export function postedKind(target: ObjectTarget): PartKind | undefined {
  return postedOf(target, target.subresource ?? '');
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
