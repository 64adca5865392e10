// The OpenAPI documents as a real API server served them, for serving them again: with the words that `kubectl explain`
// prints. They are kept as bytes: most requests want one document, and nobody needs all of them parsed.
import { readTable } from './tables';

/** One served document. */
export interface OpenApiDocument {
  /** JSON text, UTF-8. */
  readonly bytes: Buffer;
  /** The `hash` of its address (v3) or its ETag (v2) on the server that it was recorded from. */
  readonly hash: string;
}

interface Entry {
  readonly name: string;
  readonly hash: string;
  readonly bytes: number;
}

let v3: ReadonlyMap<string, OpenApiDocument> | undefined;
let v2: OpenApiDocument | undefined;

/** The documents of /openapi/v3 by their name there: `api/v1`, `apis/apps/v1`, `version`, ...; in the order of names. */
export function openApiV3Documents(): ReadonlyMap<string, OpenApiDocument> {
  return (v3 ??= unpack(readTable('v3.br')));
}

/** The document of /openapi/v2 (the JSON form). */
export function openApiV2Document(): OpenApiDocument {
  v2 ??= unpack(readTable('v2.br')).get('v2');
  if (v2 === undefined) throw new Error('the table of /openapi/v2 is empty');
  return v2;
}

function unpack(table: Buffer): ReadonlyMap<string, OpenApiDocument> {
  const end = table.indexOf('\n');
  const entries = JSON.parse(table.toString('utf8', 0, end)) as readonly Entry[];
  const documents = new Map<string, OpenApiDocument>();
  let start = end + 1;
  for (const { name, hash, bytes } of entries) {
    documents.set(name, { bytes: table.subarray(start, start + bytes), hash });
    start += bytes;
  }
  return documents;
}
