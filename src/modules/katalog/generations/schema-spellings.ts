// The deprecated spellings in a JSON Schema: an editor strikes them through and says what to write, and the schema
// refuses nothing that the decoder takes.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../common';
import { segmentsOf } from './places';
import { type Spelling, SPELLINGS } from './spellings';

/** Adds the keys of the table to the definitions of a schema that was just written. */
export function addSpellings(schema: JsonObject): JsonObject {
  for (const spelling of SPELLINGS) {
    for (const pattern of spelling.place.patterns) {
      const places = segmentsOf(pattern).reduce<readonly JsonObject[]>(
        (found, segment) => found.flatMap((one) => below(one, segment, schema)),
        resolve(schema, schema),
      );
      for (const place of places) addSpelling(place, spelling, schema);
    }
  }
  return schema;
}

/** At the first key of the path that the schema does not know. */
function addSpelling(place: JsonObject, { old, canonical }: Spelling, schema: JsonObject): void {
  let at: JsonObject | undefined = place;
  for (const key of old) {
    const properties: JsonValue | undefined = at?.['properties'];
    if (!isJsonObject(properties)) return;
    if (Object.hasOwn(properties, key)) {
      [at] = below({ properties }, key, schema);
      continue;
    }
    const isWhole = key === old.at(-1);
    const described = {
      ...(isWhole ? targetOf(place, canonical, schema) : {}),
      description: 'A deprecated spelling.',
      deprecationMessage: isWhole
        ? `write ${canonical.join('.')}`
        : 'its fields have other places; ork migrate writes them there',
      doNotSuggest: true,
    };
    Object.assign(properties, { [key]: described });
    return;
  }
}

/** What the value has to be; nothing is known of it when the canonical place is not described. */
function targetOf(place: JsonObject, canonical: readonly string[], schema: JsonObject): JsonObject {
  const [target] = canonical.reduce<readonly JsonObject[]>(
    (found, key, index) =>
      found.flatMap((one) => (index === canonical.length - 1 ? property(one, key) : below(one, key, schema))),
    [place],
  );
  return target ?? {};
}

function property(schema: JsonObject, key: string): readonly JsonObject[] {
  const properties = schema['properties'];
  const found = isJsonObject(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined;
  return isJsonObject(found) ? [found] : [];
}

/** What is below a schema, with references followed. */
function below(schema: JsonObject, segment: string, root: JsonObject): readonly JsonObject[] {
  return next(schema, segment).flatMap((one) => resolve(one, root));
}

function next(schema: JsonObject, segment: string): readonly JsonObject[] {
  if (segment === '[]') return [schema['items']].filter(isJsonObject);
  if (segment !== '*') return property(schema, segment);
  const properties = isJsonObject(schema['properties']) ? Object.values(schema['properties']) : [];
  return [schema['additionalProperties'], ...properties].filter(isJsonObject);
}

/** A schema without references, or each of several. */
function resolve(schema: JsonObject, root: JsonObject): readonly JsonObject[] {
  const reference = schema['$ref'];
  const definitions = root['definitions'];
  if (typeof reference === 'string' && isJsonObject(definitions)) {
    const target = definitions[reference.replace('#/definitions/', '')];
    return isJsonObject(target) ? resolve(target, root) : [];
  }
  const parts = [schema['allOf'], schema['anyOf']].flatMap((list): readonly JsonObject[] =>
    isJsonArray(list) ? list.filter(isJsonObject) : [],
  );
  return parts.length === 0 ? [schema] : parts.flatMap((part) => resolve(part, root));
}
