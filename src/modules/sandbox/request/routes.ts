// Which paths exist and which methods they take. Built-in groups have a router with a route for each; custom kinds share
// one handler that looks at the parts of the path it knows and at no others.
import { type ServedResource } from '../registry';
import { badRequest, methodNotAllowed, notFound, unknownResource, verbNotSupported } from '../status';
import { isPosted } from '../subresources';
import { type ObjectTarget, resourceOf, type Target } from '../verbs';
import { type ResourceRequest } from './request-info';

const ACROSS_NAMESPACES = new Set(['list', 'watch']);

/** Whether the handler of custom kinds takes such a path at all: else the answer is a page. */
export function isCustomPlace({ definition }: Target, { namespace, verb }: ResourceRequest): boolean {
  return definition.namespaced ? namespace !== '' || ACROSS_NAMESPACES.has(verb) : namespace === '';
}

/** Throws a 404 or 405. */
export function assertRoute(target: Target, info: ResourceRequest): void {
  if (target.definition.isCustom) assertCustomRoute(target, info);
  else assertBuiltInRoute(target, info);
}

/** A collection is not replaced or patched. Throws a 400. */
export function assertNamed({ name }: ObjectTarget): void {
  if (name === '') throw badRequest('name must be provided');
}

function assertCustomRoute({ definition, version }: Target, { verb, subresource, name }: ResourceRequest): void {
  const resource = resourceOf(definition);
  const ways = subresource === '' ? definition.verbs : waysOf(subresource, { definition, version });
  if (ways === undefined) throw notFound(resource, name);
  if (!ways.includes(verb)) throw verbNotSupported(resource, verb);
}

function assertBuiltInRoute({ definition, version }: Target, info: ResourceRequest): void {
  const { verb, subresource, name, namespace, rest } = info;
  if (rest.length > 0) throw unknownResource();
  if (definition.namespaced && namespace === '' && name !== '' && verb !== 'watch') throw unknownResource();
  if (!definition.namespaced && namespace !== '') throw unknownResource();
  const ways = subresource === '' ? definition.verbs : waysOf(subresource, { definition, version });
  if (ways === undefined) throw unknownResource();
  if (verb === 'watch' && !ways.includes('watch') && ways.includes('list')) {
    throw verbNotSupported(resourceOf(definition), 'watch');
  }
  const isAllowed = ways.includes(verb) && (subresource !== '' || isPlaceFor(info, definition.namespaced));
  if (!isAllowed) throw methodNotAllowed();
}

/** The verbs of a part of an object; undefined when there is no such part. */
function waysOf(subresource: string, { definition, version }: ServedResource): readonly string[] | undefined {
  const isThere =
    (subresource === 'status' && version.hasStatus) || (subresource === 'scale' && version.scale !== undefined);
  if (isThere) return ['get', 'update', 'patch'];
  if (isPosted({ definition }, subresource)) return ['create'];
  return subresource === 'finalize' && definition.id === '/namespaces' ? ['update'] : undefined;
}

/** What is made, replaced or deleted in bulk has a place: a namespace, and a name or none. */
function isPlaceFor({ verb, name, namespace }: ResourceRequest, isNamespaced: boolean): boolean {
  const isPlaced = !isNamespaced || namespace !== '';
  switch (verb) {
    case 'create':
      return name === '' && isPlaced;
    case 'deletecollection':
      return isPlaced;
    case 'update':
    case 'patch':
    case 'delete':
      return name !== '';
    default:
      return true;
  }
}
