// What a real API server says of schemas of CRDs (test/vectors/schema).
import { type JsonObject } from '../../../common';
import vectors from '../../testing/vectors/crd-schemas.json';
import { type FieldCause } from '../../types/type-schema';
import { crdSchemaCauses } from './crd-schema';

interface Vector {
  readonly name: string;
  readonly schema: JsonObject;
  readonly hasStatus: boolean;
  /** Only reason and field must be the same: the message holds words of a Go library. */
  readonly loose: boolean;
  readonly causes: readonly FieldCause[];
}

/** The server walks maps of Go: causes come in any order. */
function sorted(causes: readonly FieldCause[], isLoose: boolean): readonly string[] {
  return causes.map(({ field, reason, message }) => `${field} ${reason}${isLoose ? '' : ` ${message}`}`).sort();
}

describe('the schema of a CRD', () => {
  it.each((vectors as unknown as readonly Vector[]).map((vector) => [vector.name, vector] as const))(
    'is answered as by a real server: %s',
    (_, { schema, hasStatus, loose, causes }) => {
      const found = crdSchemaCauses(schema, { path: 'spec.validation.openAPIV3Schema', hasStatus });
      expect(sorted(found, loose)).toEqual(sorted(causes, loose));
    },
  );
});
