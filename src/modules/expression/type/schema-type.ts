// Schemas of Kubernetes as types: of CRDs and of built-in kinds. Converted when asked for, and once: schemas may hold
// themselves, and thousands of templates ask for the same few.
import { type TypeSchema } from '../../schema';
import {
  BOOL,
  type Fields,
  FLOAT,
  INT,
  listOf,
  mapOf,
  NAME,
  objectOf,
  type ScalarType,
  TEXT,
  textOf,
  type Type,
  UNKNOWN,
  unionOf,
} from './type';

const converted = new WeakMap<TypeSchema, Type>();
const NO_FIELDS: ReadonlyMap<string, TypeSchema> = new Map();
/** The only type of a built-in kind that is the same on every server. */
const OBJECT_META = 'v1.ObjectMeta';

/** Names that a server checks or makes itself: never a number that somebody means. */
const NAMES_OF_METADATA = new Set([
  'name',
  'namespace',
  'generateName',
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
]);

/** The type of a value that the schema describes; the same object for the same schema. */
export function typeOfSchema(schema: TypeSchema): Type {
  const known = converted.get(schema);
  if (known !== undefined) return known;
  const type = convert(schema);
  converted.set(schema, type);
  return type;
}

function convert(schema: TypeSchema): Type {
  if (schema.format === 'int-or-string') return unionOf([INT, TEXT]);
  switch (schema.type) {
    case 'boolean':
      return BOOL;
    case 'integer':
      return bounded(INT, schema);
    case 'number':
      return unionOf([bounded(INT, schema), bounded(FLOAT, schema)]);
    case 'string':
      return text(schema);
    case 'array':
      return listOf(schema.items === undefined || schema.keepsUnknown === true ? UNKNOWN : typeOfSchema(schema.items));
    case 'object':
      return objectType(schema);
    default:
      // No type, or one that no server would take.
      return UNKNOWN;
  }
}

function text({ source }: TypeSchema): Type {
  const values: unknown = source?.['enum'];
  const isFree = source !== undefined && ['enum', 'pattern', 'format'].every((key) => source[key] === undefined);
  if (isFree) return { ...TEXT, isFree };
  if (!Array.isArray(values) || !values.every((value) => typeof value === 'string' || value === null)) return TEXT;
  return textOf(...values.filter((value) => typeof value === 'string'));
}

/** An exclusive bound counts as an inclusive one: that is weaker, and never wrong. */
function bounded(type: ScalarType, { source }: TypeSchema): ScalarType {
  const minimum = source?.['minimum'];
  const maximum = source?.['maximum'];
  if (typeof minimum !== 'number' && typeof maximum !== 'number') return type;
  const bounds = {
    ...(typeof minimum === 'number' ? { minimum } : {}),
    ...(typeof maximum === 'number' ? { maximum } : {}),
  };
  return { ...type, bounds };
}

/** Closed where the server drops what the schema does not name. */
function objectType({ properties, additionalProperties, keepsUnknown = false, goType, source }: TypeSchema): Type {
  const fields = properties ?? NO_FIELDS;
  if (additionalProperties !== undefined) {
    const values = typeOfSchema(additionalProperties);
    return fields.size === 0 ? mapOf(values) : objectOf(new SchemaFields(fields), 'open');
  }
  if (properties === undefined && keepsUnknown) return UNKNOWN;
  if (goType === OBJECT_META) return objectOf(new MetadataFields(fields));
  const extent = keepsUnknown ? 'open' : source === undefined ? 'recorded' : 'closed';
  return objectOf(new SchemaFields(fields), extent);
}

class SchemaFields implements Fields {
  private readonly types = new Map<string, Type>();

  constructor(private readonly properties: ReadonlyMap<string, TypeSchema>) {}

  get(name: string): Type | undefined {
    const known = this.types.get(name);
    if (known !== undefined) return known;
    const schema = this.properties.get(name);
    if (schema === undefined) return undefined;
    const type = this.typeOf(name, schema);
    this.types.set(name, type);
    return type;
  }

  protected typeOf(_name: string, schema: TypeSchema): Type {
    return typeOfSchema(schema);
  }

  keys(): Iterable<string> {
    return this.properties.keys();
  }
}

class MetadataFields extends SchemaFields {
  protected override typeOf(name: string, schema: TypeSchema): Type {
    return NAMES_OF_METADATA.has(name) ? NAME : super.typeOf(name, schema);
  }
}
