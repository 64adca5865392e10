// What the description of the language gives beside the decoder.
import { type JsonObject } from '../../common';
import { type Field } from '../../schema';
import { addSpellings } from '../generations';
import { e2eField } from '../model/e2e.fields';
import { katalogField } from '../model/katalog.fields';
import { komposerField } from '../model/komposer.fields';
import { motifField } from '../model/motif.fields';
import { simulateField } from '../model/simulate.fields';
import { explain, type Explanation } from './explain';
import { jsonSchemaOf } from './json-schema';

export type { ExplainedField, Explanation, UnusableField } from './explain';

interface FileKind {
  readonly field: Field<unknown>;
  readonly doc: string;
  readonly schema: () => JsonObject;
}

/** Kinds of files, by the first word of a path into one. */
const FILE_KINDS = {
  katalog: {
    field: katalogField,
    doc: 'An operator: its CRDs, and what belongs to each of their resources.',
    schema: () => addSpellings(jsonSchemaOf(katalogField, 'Katalog of Orkestra')),
  },
  komposer: {
    field: komposerField,
    doc: 'A Katalog that is made of others.',
    schema: () => addSpellings(jsonSchemaOf(komposerField, 'Komposer of Orkestra')),
  },
  motif: {
    field: motifField,
    doc: 'Parts that several CRDs share.',
    schema: () => addSpellings(jsonSchemaOf(motifField, 'Motif of Orkestra', true)),
  },
  simulate: {
    field: simulateField,
    doc: "What an operator does in some cycles, and what it should do. This version checks such a file, and can't run it yet.",
    schema: () => jsonSchemaOf(simulateField, 'Simulate file of Orkestra'),
  },
  e2e: {
    field: e2eField,
    doc: "Tests of an operator on a cluster. This version checks such a file, and can't run it yet.",
    schema: () => jsonSchemaOf(e2eField, 'E2E file of Orkestra'),
  },
} as const satisfies Readonly<Record<string, FileKind>>;

type FileKindName = keyof typeof FILE_KINDS;

function isFileKind(word: string): word is FileKindName {
  return Object.hasOwn(FILE_KINDS, word);
}

/** The kind that a path begins with, a Katalog for any other, and the path in it. */
function kindOf(path: string): readonly [kind: FileKindName, rest: string] {
  const [word = '', ...rest] = path.split('.');
  return isFileKind(word) ? [word, rest.join('.')] : ['katalog', path];
}

/** The JSON Schema (draft-07) of the file that a path of `explainKatalog` leads into: schemas/<kind>.schema.json. */
export function schemaAt(path: string): JsonObject {
  return FILE_KINDS[kindOf(path)[0]].schema();
}

/**
 * What stands at a dotted path of a Katalog, or behind the name of another kind of file (`motif.inputs`) in such a file;
 * `''` is the Katalog.
 *
 * @throws OrkestraError (UserError) for a path that is not there, with the nearest name.
 */
export function explainKatalog(path: string): Explanation {
  const [kind, rest] = kindOf(path);
  const { field, doc } = FILE_KINDS[kind];
  const found = explain(field, doc, rest);
  if (kind === 'katalog') return found;
  return { ...found, path: found.path === '' ? kind : `${kind}.${found.path}` };
}
