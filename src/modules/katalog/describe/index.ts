// What the description of the language gives beside the decoder.
import { type JsonObject } from '../../common';
import { addSpellings } from '../generations';
import { katalogField } from '../model/katalog.fields';
import { komposerField } from '../model/komposer.fields';
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

/** The same of a Komposer file: schemas/komposer.schema.json. */
export function komposerJsonSchema(): JsonObject {
  return addSpellings(jsonSchemaOf(komposerField, 'Komposer of Orkestra'));
}

/** Kinds of files beside the Katalog, by the first word of a path into one. */
const OTHERS = {
  motif: { field: motifField, doc: 'Parts that several CRDs share.' },
  komposer: { field: komposerField, doc: 'A Katalog that is made of others.' },
} as const;

/**
 * What stands at a dotted path of a Katalog, or behind `motif` or `komposer` of such a file; `''` is the file.
 *
 * @throws OrkestraError (UserError) for a path that is not there, with the nearest name.
 */
export function explainKatalog(path: string): Explanation {
  const [kind = '', ...rest] = path.split('.');
  if (!(kind === 'motif' || kind === 'komposer')) {
    return explain(katalogField, 'An operator: its CRDs, and what belongs to each of their resources.', path);
  }
  const found = explain(OTHERS[kind].field, OTHERS[kind].doc, rest.join('.'));
  return { ...found, path: found.path === '' ? kind : `${kind}.${found.path}` };
}
