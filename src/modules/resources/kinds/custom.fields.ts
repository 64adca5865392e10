// The language of an entry of any kind: docs/reference/katalog.md, object of any kind. Unlike all others it looks like the object
// that it makes: name, namespace, labels and annotations stand under `metadata`.
import { type SourceNode, type SourceText } from '../../common';
import {
  anything,
  apiVersion,
  bool,
  type Field,
  ineffective,
  kindName,
  later,
  literal,
  type Located,
  mapOf,
  object,
  openObject,
  optional,
  required,
  text,
} from '../../schema';
import { commonProperties } from '../parts/common-entry';
import { NAMES_ONLY } from '../parts/deletion-entry';
import { labelKey } from '../parts/key-rules';
import { annotationsProperty } from '../parts/metadata';

const { name, namespace, labels: _labels, ...conditionsAndMore } = commonProperties;

const metadata = object('metadata of any kind', {
  name,
  namespace,
  labels: optional(mapOf(text, labelKey), 'Labels; values are templates.'),
  annotations: annotationsProperty,
});

const properties = {
  ...conditionsAndMore,
  apiVersion: required(apiVersion, 'Group and version of the kind: cert-manager.io/v1.'),
  kind: required(kindName, 'The kind: Certificate.'),
  metadata: optional(metadata, 'Name, namespace, labels, annotations.'),
  spec: optional(anything, 'Taken over as it stands; templates may stand anywhere in it.'),
  status: later(anything, 'A first status.', 'a status for children of any kind'),
  hasStatus: optional(bool, 'false: the object is no part of .children, and nobody waits until it is ready.'),
  namespaced: optional(bool, 'The scope, where the cluster must agree; default: what the API server says.'),
};

/** Keys that stand at the top in every other kind. */
const BELOW_METADATA: readonly string[] = ['name', 'namespace', 'labels', 'annotations'];

const described = openObject('object of any kind', properties, {
  doc: 'Any other key is taken over to the top of the object: data, rules, webhooks.',
  checkKey: (key) => {
    if (BELOW_METADATA.includes(key)) return `"${key}" stands under metadata here: metadata: { ${key}: ... }`;
    return key.includes('{{') ? `keys are no templates: "${key}"` : undefined;
  },
});

type Described = NonNullable<ReturnType<typeof described.decode>>;

interface Metadata {
  readonly name: SourceText | undefined;
  readonly namespace: SourceText | undefined;
  readonly labels: ReadonlyMap<string, SourceText> | undefined;
  readonly annotations: ReadonlyMap<string, SourceText> | undefined;
}

/** As decoded, with what stands under `metadata` where every other entry has it. */
export type CustomEntry = Described & Metadata;

/** Keys that are no part of the object. */
export const OWN_KEYS: readonly string[] = Object.keys(properties);

export const customEntry: Field<CustomEntry> = flattened(described);

const NO_EFFECT = ineffective(NAMES_ONLY);
const onlyNames = Object.fromEntries(OWN_KEYS.map((key) => [key, NO_EFFECT]));

/** In onDelete: `id`, or kind and name as written. */
export const customDeletion = flattened(
  object('object of any kind', {
    ...onlyNames,
    id: optional(literal, 'The id of the entry.'),
    apiVersion: optional(apiVersion, 'As in the entry.'),
    kind: optional(kindName, 'As in the entry.'),
    metadata: optional(
      object('metadata of any kind', { name, namespace, labels: NO_EFFECT, annotations: NO_EFFECT }),
      'Name and namespace, as written in the entry.',
    ),
  }) as unknown as Field<Described>,
);

function flattened(field: Field<Described>): Field<CustomEntry> {
  return {
    ...field,
    decode(node, context) {
      const decoded = field.decode(node, context);
      if (decoded === undefined) return undefined;
      const below = decoded.metadata;
      return {
        ...decoded,
        others: decoded.others ?? new Map<string, SourceNode>(),
        name: below?.name,
        namespace: below?.namespace,
        labels: below?.labels ?? undefined,
        annotations: below?.annotations ?? undefined,
      };
    },
  };
}

/** Where a free key stands. */
export function keyPlace({ node }: Located, key: string): Pick<SourceNode, 'position' | 'path'> {
  return { position: node.entries.get(key)?.keyPosition ?? node.position, path: `${node.path}.${key}` };
}
