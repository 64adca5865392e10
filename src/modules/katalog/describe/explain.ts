// A place in the language by its path, as `kubectl explain` has it: list indexes are never written, and the free key of a
// map (a CRD's name) may be left out.
import { didYouMean, OrkestraError } from '../../common';
import { type Field, type OtherKeys, type Property, propertyText } from '../../schema';
import { objectBelow, type Properties } from './object-below';
import { type DeprecatedSpelling, type FormerSpelling, SpellingTrail } from './spelling-trail';

/** What one key of an object is. */
export interface ExplainedField {
  readonly name: string;
  readonly type: string;
  readonly doc: string;
  readonly required: boolean;
  /** Keys below, when it is an object, or lists or maps of objects. */
  readonly fields: readonly ExplainedField[];
}

export interface Explanation {
  /** The path as the language has it: `spec.crds.<name>.operatorBox`. */
  readonly path: string;
  readonly type: string;
  readonly doc: string;
  readonly fields: readonly ExplainedField[];
  /** Keys of the language that this version refuses. */
  readonly unsupported: readonly UnusableField[];
  /** Keys that do nothing in this place. */
  readonly ineffective: readonly UnusableField[];
  /** Set when the path is written in a deprecated spelling: which, and what to write. */
  readonly deprecated: DeprecatedSpelling | undefined;
  /** How older files write the field. */
  readonly formerly: readonly FormerSpelling[];
}

export interface UnusableField {
  readonly name: string;
  readonly reason: string;
}

interface Place {
  readonly path: readonly string[];
  readonly field: Field<unknown>;
  readonly doc: string;
  readonly spelling: SpellingTrail;
}

/**
 * What stands at a path such as `spec.crds.operatorBox.status`; the empty path is the root.
 *
 * @throws OrkestraError (UserError) for a key that is not there, with the nearest name.
 */
export function explain(root: Field<unknown>, doc: string, path: string): Explanation {
  let keys: readonly string[] = path
    .split('.')
    .map((key) => key.replace(/\[\]$/, ''))
    .filter((key) => key !== '');
  let place: Place = { path: [], field: root, doc, spelling: SpellingTrail.file };
  let deprecated: DeprecatedSpelling | undefined;
  for (let [key] = keys; key !== undefined; [key] = keys) {
    const through = objectBelow(place.field)?.through ?? [];
    const row = place.spelling.deprecated(keys, through);
    if (row === undefined) {
      place = step(place, key);
      keys = keys.slice(1);
    } else {
      deprecated ??= { old: row.old.join('.'), canonical: row.canonical.join('.') };
      keys = [...row.canonical, ...keys.slice(row.old.length)];
    }
  }
  const { properties = {}, others } = objectBelow(place.field) ?? {};
  return {
    path: place.path.join('.'),
    type: place.field.typeName,
    doc: place.doc,
    fields: [...fieldsOf(properties), ...othersOf(others)],
    unsupported: unusable(properties, 'unsupported'),
    ineffective: unusable(properties, 'ineffective'),
    deprecated,
    formerly: place.spelling.formerly,
  };
}

function step(place: Place, key: string): Place {
  const below = objectBelow(place.field);
  const property = ownProperty(below?.properties, key);
  if (property !== undefined && below !== undefined) {
    const { field, unsupported, ineffective } = property;
    const path = [...place.path, ...below.through.filter((part) => part !== '[]'), key];
    if (unsupported !== undefined) throw unknown(`${path.join('.')} is not supported yet: ${unsupported}`);
    return {
      path,
      field,
      doc: ineffective === undefined ? propertyText(property) : `Has no effect here: ${ineffective}.`,
      spelling: place.spelling.key(key, below.through),
    };
  }
  const mapValue = valueOfMap(place.field);
  if (mapValue !== undefined) {
    return { ...place, path: [...place.path, '<name>'], field: mapValue, spelling: place.spelling.freeKey() };
  }
  const names = Object.entries(below?.properties ?? {}).filter(([, one]) => one.unsupported === undefined);
  const known = names.map(([name]) => name);
  const where = place.path.length === 0 ? 'the file' : place.path.join('.');
  if (known.length === 0) throw unknown(`${where} has no fields: it is a ${place.field.typeName}`);
  const hint = didYouMean(key, known);
  throw unknown(`${where} has no field "${key}"${hint === '' ? `; it has ${known.join(', ')}` : hint}`);
}

function valueOfMap({ shape }: Field<unknown>): Field<unknown> | undefined {
  if (shape?.kind === 'map') return shape.value;
  if (shape?.kind !== 'either') return undefined;
  return shape.alternatives.map(valueOfMap).find((value) => value !== undefined);
}

function ownProperty(properties: Properties | undefined, key: string): Property<unknown> | undefined {
  return properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : undefined;
}

function fieldsOf(properties: Properties): readonly ExplainedField[] {
  return Object.entries(properties)
    .filter(([, { unsupported, ineffective }]) => unsupported === undefined && ineffective === undefined)
    .map(([name, property]) => {
      const { field, required } = property;
      return {
        name,
        type: field.typeName,
        doc: propertyText(property),
        required,
        fields: fieldsOf(objectBelow(field)?.properties ?? {}),
      };
    });
}

function othersOf(others: OtherKeys | undefined): readonly ExplainedField[] {
  return others === undefined
    ? []
    : [{ name: '<any other key>', type: 'any value', doc: others.doc, required: false, fields: [] }];
}

function unusable(properties: Properties, why: 'unsupported' | 'ineffective'): readonly UnusableField[] {
  return Object.entries(properties).flatMap(([name, { [why]: reason }]) =>
    reason === undefined ? [] : [{ name, reason }],
  );
}

function unknown(message: string): OrkestraError {
  return new OrkestraError({ code: 'EXPLAIN_PATH', kind: 'UserError', message });
}
