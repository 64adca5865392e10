// The JSON Schema of the language, from the same descriptions as the decoder, for editors. It never refuses what the
// decoder accepts; the decoder refuses more: names, templates, rules between fields.
import { type JsonObject, type JsonValue } from '../../common';
import { type Field, type Property, propertyText, type ScalarShape } from '../../schema';
import { type Properties } from './object-below';

/** https://json-schema.org/draft-07: the newest draft that every editor knows. */
const DRAFT = 'http://json-schema.org/draft-07/schema#';

/** Who opens the file to change it. */
const ORIGIN = 'Written from the description of the language by `ork explain --schema`; do not edit.';

/** The schema of a file whose root is this field. `takesTemplates`: every value may be one, also that of a number. */
export function jsonSchemaOf(root: Field<unknown>, title: string, takesTemplates = false): JsonObject {
  const writer = new SchemaWriter(takesTemplates);
  const { $ref } = writer.schemaOf(root);
  return {
    $schema: DRAFT,
    $comment: ORIGIN,
    title,
    ...($ref === undefined ? {} : { $ref }),
    definitions: writer.definitions,
  };
}

/** Validators in JavaScript find these in every object: `constructor` is a key of the language, refused as unknown is. */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

class SchemaWriter {
  readonly definitions: Record<string, JsonObject> = {};
  /** An object that stands in several places is written once. */
  private readonly names = new Map<Properties, string>();

  constructor(private readonly takesTemplates: boolean) {}

  /** Null is accepted everywhere: it leaves a field unset, and the decoder knows where something has to be. */
  schemaOf(field: Field<unknown>): JsonObject {
    const { shape } = field;
    switch (shape?.kind) {
      case undefined:
        return {};
      case 'scalar':
        return this.takesTemplates ? orTemplate(scalarSchema(shape)) : scalarSchema(shape);
      case 'list':
        return { type: ['array', 'null'], items: this.schemaOf(shape.item) };
      case 'map':
        return { type: ['object', 'null'], additionalProperties: this.schemaOf(shape.value) };
      case 'either':
        return { anyOf: shape.alternatives.map((one) => this.schemaOf(one)) };
      case 'object':
        return { $ref: `#/definitions/${this.define(field.typeName, shape.properties, shape.others !== undefined)}` };
    }
  }

  private define(typeName: string, properties: Properties, isOpen: boolean): string {
    const known = this.names.get(properties);
    if (known !== undefined) return known;
    const base = typeName.replaceAll(/\W+/g, '-');
    let name = base;
    for (let number = 2; Object.hasOwn(this.definitions, name); number++) name = `${base}-${number}`;
    this.names.set(properties, name);
    const definition: Record<string, JsonValue> = { type: ['object', 'null'], additionalProperties: isOpen };
    this.definitions[name] = definition;
    definition['properties'] = Object.fromEntries(
      Object.entries(properties)
        .filter(([key]) => !INHERITED.has(key))
        .map(([key, property]) => [key, this.propertySchema(property)]),
    );
    const required = Object.keys(properties).filter((key) => properties[key]?.required === true);
    if (required.length > 0) definition['required'] = required;
    return name;
  }

  private propertySchema(property: Property<unknown>): JsonObject {
    const { field, unsupported, ineffective, deprecated } = property;
    if (unsupported !== undefined) {
      return { description: `Not supported yet: ${unsupported}.`, not: {}, doNotSuggest: true };
    }
    if (ineffective !== undefined) {
      return { description: `Has no effect here: ${ineffective}.`, doNotSuggest: true };
    }
    const schema = this.schemaOf(field);
    // Beside a $ref nothing counts.
    const about = {
      description: propertyText(property),
      ...(deprecated === undefined ? {} : { deprecationMessage: deprecated }),
    };
    return schema['$ref'] === undefined ? { ...about, ...schema } : { ...about, allOf: [schema] };
  }
}

function orTemplate(schema: JsonObject): JsonObject {
  const isAnyText = schema['type'] !== undefined && schema['pattern'] === undefined;
  return isAnyText ? schema : { anyOf: [schema, { type: 'string', pattern: '\\{\\{' }] };
}

function scalarSchema(shape: ScalarShape): JsonObject {
  switch (shape.accepts) {
    case 'text':
      return {
        type: ['string', 'number', 'boolean', 'null'],
        ...(shape.pattern === undefined ? {} : { pattern: shape.pattern }),
      };
    case 'boolean':
      return { anyOf: [{ type: ['boolean', 'null'] }, { enum: ['true', 'false'] }] };
    case 'integer': {
      const { minimum, maximum } = shape;
      const upper = maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum };
      return {
        anyOf: [
          { type: ['integer', 'null'], minimum, ...upper },
          { type: 'string', pattern: '^[-+]?[0-9]+$' },
        ],
      };
    }
    case 'words':
      return wordsSchema(shape.words, shape.ignoresCase);
  }
}

/** `true` and `false` may be written with or without quotes. */
function wordsSchema(words: readonly string[], ignoresCase: boolean): JsonObject {
  const values = words.flatMap((word): JsonValue[] => {
    return word === 'true' || word === 'false' ? [word === 'true', word] : [word];
  });
  const exact = { enum: [...values, null] };
  if (!ignoresCase) return exact;
  const anyCase = words.map((word) => word.replaceAll(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`));
  return { anyOf: [exact, { type: 'string', pattern: `^(${anyCase.join('|')})$` }] };
}
