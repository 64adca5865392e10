// What the description of the language gives beside the decoder.
import { type JsonObject } from '../../common';
import { addSpellings } from '../generations';
import { katalogField } from '../model/katalog.fields';
import { explain, type Explanation } from './explain';
import { jsonSchemaOf } from './json-schema';

export type { ExplainedField, Explanation, UnusableField } from './explain';

/** The JSON Schema (draft-07) of a Katalog file, for editors: schemas/katalog.schema.json. */
export function katalogJsonSchema(): JsonObject {
  return addSpellings(jsonSchemaOf(katalogField, 'Katalog of Orkestra'));
}

/**
 * What stands at a dotted path of a Katalog; `''` is the file.
 *
 * @throws OrkestraError (UserError) for a path that is not there, with the nearest name.
 */
export function explainKatalog(path: string): Explanation {
  return explain(katalogField, 'An operator: its CRDs, and what belongs to each of their resources.', path);
}
