// What the description of the language gives beside the decoder.
import { type JsonObject } from '../../common';
import { addSpellings } from '../generations';
import { katalogField } from '../model/katalog.fields';
import { motifField } from '../model/motif.fields';
import { explain, type Explanation } from './explain';
import { jsonSchemaOf } from './json-schema';

export type { ExplainedField, Explanation, UnusableField } from './explain';

/** The JSON Schema (draft-07) of a Katalog file, for editors: schemas/katalog.schema.json. */
export function katalogJsonSchema(): JsonObject {
  return addSpellings(jsonSchemaOf(katalogField, 'Katalog of Orkestra'));
}

/** The same of a Motif file: schemas/motif.schema.json. */
export function motifJsonSchema(): JsonObject {
  return addSpellings(jsonSchemaOf(motifField, 'Motif of Orkestra', true));
}

/** The first word of a path into a Motif. */
const MOTIF = 'motif';

/**
 * What stands at a dotted path of a Katalog, or behind `motif` of a Motif; `''` is the file.
 *
 * @throws OrkestraError (UserError) for a path that is not there, with the nearest name.
 */
export function explainKatalog(path: string): Explanation {
  if (path !== MOTIF && !path.startsWith(`${MOTIF}.`)) {
    return explain(katalogField, 'An operator: its CRDs, and what belongs to each of their resources.', path);
  }
  const found = explain(motifField, 'Parts that several CRDs share.', path.slice(MOTIF.length + 1));
  return { ...found, path: found.path === '' ? MOTIF : `${MOTIF}.${found.path}` };
}
