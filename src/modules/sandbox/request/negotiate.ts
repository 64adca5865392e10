// In which form an answer is wanted: JSON or YAML, and whole objects, metadata only or a table.
import { notAcceptable } from '../status';

export type ViewKind = 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList';

export interface Accepted {
  readonly format: 'json' | 'yaml';
  /** Undefined: the objects themselves. */
  readonly view: { readonly kind: ViewKind; readonly version: string } | undefined;
}

interface Clause {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly weight: number;
}

const VIEWS: ReadonlySet<string> = new Set(['Table', 'PartialObjectMetadata', 'PartialObjectMetadataList']);
const PROTOBUF = 'application/vnd.kubernetes.protobuf';
const TEXT_TYPES = 'application/json, application/yaml';
const TYPES = `${TEXT_TYPES}, ${PROTOBUF}`;
const WATCH_TYPES = 'application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch';

export interface Negotiated {
  readonly isWatch: boolean;
  readonly isBuiltIn: boolean;
  /** A path that can be listed and watched: its route has the types of both. */
  readonly isCollection?: boolean;
}

/** Throws a 406. Protobuf is read but not written: a client that takes JSON too gets JSON. */
export function negotiate(accept: string, what: Negotiated): Accepted {
  if (accept.trim() === '') return { format: 'json', view: undefined };
  const clauses = parseAccept(accept);
  for (const clause of clauses) {
    const format = formatOf(clause.type, what.isWatch);
    if (format === undefined) continue;
    const view = viewOf(clause.parameters);
    if (view !== 'unknown') return { format, view };
  }
  // The real server would answer: its words for a kind that has no protobuf, without what is no way out here.
  if (what.isBuiltIn && clauses.some(({ type }) => type === PROTOBUF)) {
    throw notAcceptable(`only the following media types are accepted: ${TEXT_TYPES}`);
  }
  // The router of built-in groups looks at the types first, and has a text of its own.
  const isRouted = what.isBuiltIn && !clauses.some(({ type }) => formatOf(type, false) !== undefined);
  if (isRouted) {
    const error = notAcceptable(
      `406: Not Acceptable\n\nAvailable representations: ${TYPES}${what.isCollection === true ? `, ${WATCH_TYPES}` : ''}`,
    );
    (error.status as { details?: object }).details = {};
    throw error;
  }
  throw notAcceptable(`only the following media types are accepted: ${what.isWatch ? WATCH_TYPES : TYPES}`);
}

function parseAccept(accept: string): readonly Clause[] {
  const clauses = accept.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const pairs = parameters.map((parameter): [string, string] => {
      const equals = parameter.indexOf('=');
      return equals < 0 ? [parameter, ''] : [parameter.slice(0, equals), parameter.slice(equals + 1)];
    });
    const map = new Map(pairs);
    const weight = Number(map.get('q') ?? '1');
    return { type: type.toLowerCase(), parameters: map, weight: Number.isFinite(weight) ? weight : 1 };
  });
  // Equal weights keep the order of the client.
  return clauses.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
}

function formatOf(type: string, isWatch: boolean): Accepted['format'] | undefined {
  if (type === 'application/json' || type === '*/*' || type === 'application/*') return 'json';
  return (type === 'application/yaml' || type === 'application/x-yaml') && !isWatch ? 'yaml' : undefined;
}

function viewOf(parameters: ReadonlyMap<string, string>): Accepted['view'] | 'unknown' {
  const kind = parameters.get('as');
  if (kind === undefined) return undefined;
  const group = parameters.get('g') ?? '';
  const version = parameters.get('v') ?? '';
  const isKnown = VIEWS.has(kind) && group === 'meta.k8s.io' && (version === 'v1' || version === 'v1beta1');
  return isKnown ? { kind: kind as ViewKind, version } : 'unknown';
}
