// What templates and conditions of a CRD see, as types: the resource by its schema, its children by theirs, and the item
// of forEach. What no schema tells is unknown.
import { type JsonObject, type ProblemList } from '../../common';
import {
  checkDataPath,
  type CompileOptions,
  elementsOf,
  INT,
  kindWords,
  mapOf,
  membersOf,
  objectOf,
  textOf,
  type Type,
  TYPE_CODE,
  typeOfSchema,
  UNKNOWN,
} from '../../expression';
import { type ResourceType } from '../../kube';
import { type CommonEntryFields, entryKinds, type KindFacts, type ListFacts } from '../../resources';
import { builtinDefinition, builtinSchema, compileStructuralSchema } from '../../schema';
import { type CrdEntry } from '../model/crd.fields';
import { entriesOf } from '../model/block.fields';
import { declaredData, isEnriched } from './declared-data';

type ObjectType = Extract<Type, { readonly kind: 'object' }>;

/** The type of `.`: the resource, with `children`, and what the entry adds. */
export function dataType(entry: CrdEntry, resource: ResourceType | undefined, schema: JsonObject | undefined): Type {
  const own = resourceSchema(resource, schema);
  const known = own === undefined ? undefined : typeOfSchema(own);
  const base = known?.kind === 'object' ? known : withoutSchema();
  const added = new Map<string, Type>([['children', childrenType(entry)], ...declaredData(entry)]);
  if (resource !== undefined) {
    const { group, version, kind } = resource;
    added.set('apiVersion', textOf(group === '' ? version : `${group}/${version}`));
    added.set('kind', textOf(kind));
  }
  return over(base, added);
}

/** A resource of which nothing is known but what every one has. */
function withoutSchema(): ObjectType {
  const metadata = builtinDefinition(OBJECT_META);
  return objectOf(
    new Map<string, Type>([
      ['metadata', metadata === undefined ? UNKNOWN : typeOfSchema(metadata)],
      ['spec', UNKNOWN],
      ['status', UNKNOWN],
    ]),
    'open',
  );
}

const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

function resourceSchema(
  resource: ResourceType | undefined,
  schema: JsonObject | undefined,
): Parameters<typeof typeOfSchema>[0] | undefined {
  if (schema !== undefined) return compileStructuralSchema(schema);
  return resource === undefined ? undefined : builtinSchema(resource.group, resource.version, resource.kind);
}

/** `.children`: only the kinds that the operatorBox declares have keys. */
function childrenType(entry: CrdEntry): Type {
  const box = entry.operatorBox;
  const blocks = [box?.onCreate, box?.onReconcile, box?.onDelete, ...(box?.onDelete?.groups ?? [])];
  const keys = entryKinds
    .filter(({ facts }) => blocks.some((block) => entriesOf(block, facts.listKey).length > 0))
    .flatMap(({ facts }): [string, Type][] => {
      const child = isEnriched(entry) ? UNKNOWN : childType(facts);
      return [
        [facts.childKeys.single, child],
        [facts.childKeys.map, mapOf(child)],
      ];
    });
  return objectOf(new Map(keys));
}

/** Of objects of any kind nothing is known. */
function childType(facts: ListFacts | KindFacts): Type {
  if (!('resource' in facts)) return UNKNOWN;
  const { group, version, kind } = facts.resource;
  const schema = builtinSchema(group, version, kind);
  return schema === undefined ? UNKNOWN : typeOfSchema(schema);
}

/** The options for the templates of an entry: with the variables of its forEach. What forEach can't go over is a problem. */
export function entryOptions(
  { forEach: each }: CommonEntryFields,
  options: CompileOptions,
  problems: ProblemList,
): CompileOptions {
  const { data } = options;
  if (each?.field === undefined || data?.kind !== 'object') return options;
  const items = checkDataPath(each.field, data, problems);
  const { key, item } = itemsType(items, each.field, problems);
  const isMap = kindWords(items) === 'map';
  const first = isMap ? key : item;
  const variables = new Map<string, Type>([
    ['item', first],
    ['index', INT],
    [each.as?.text ?? 'item', first],
  ]);
  // A list has no values beside its items.
  if (kindWords(items) !== 'list') variables.set('value', isMap ? item : UNKNOWN);
  return { ...options, data: over(data, variables) };
}

function itemsType(
  items: Type,
  field: NonNullable<NonNullable<CommonEntryFields['forEach']>['field']>,
  problems: ProblemList,
): { readonly key: Type; readonly item: Type } {
  const members = membersOf(items);
  const canIterate = members?.some(({ kind }) => kind === 'list' || kind === 'map' || kind === 'object') ?? true;
  if (!canIterate) {
    const message = `forEach needs a list or a map, but ${field.text} is of type ${kindWords(items)}`;
    const { position, path } = field.node;
    problems.add({ severity: 'error', code: TYPE_CODE.kind, message, position, path });
  }
  const isOneKind = members?.every(({ kind }) => kind === members[0]?.kind) === true;
  return isOneKind ? (elementsOf(items, true) ?? ANYTHING) : ANYTHING;
}

const ANYTHING = { key: UNKNOWN, item: UNKNOWN };

/** Further fields over those of an object. */
function over({ fields, extent }: ObjectType, added: ReadonlyMap<string, Type>): ObjectType {
  return objectOf(
    {
      get: (name) => added.get(name) ?? fields.get(name),
      keys: () => new Set([...fields.keys(), ...added.keys()]),
    },
    extent,
  );
}
