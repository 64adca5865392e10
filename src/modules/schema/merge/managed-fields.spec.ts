import { type JsonObject } from '../../common';
import { type TypeSchema } from '../types/type-schema';
import { applyConfiguration, updateManagedFields } from './managed-fields';
import { type ManagedType } from './managed-type';
import { PatchRefused } from './merge.errors';

const text: TypeSchema = { type: 'string' };
const schema: TypeSchema = {
  type: 'object',
  properties: new Map<string, TypeSchema>([
    ['apiVersion', text],
    ['kind', text],
    [
      'metadata',
      {
        type: 'object',
        properties: new Map<string, TypeSchema>([
          ['name', text],
          ['labels', { type: 'object', additionalProperties: text }],
        ]),
      },
    ],
    [
      'spec',
      {
        type: 'object',
        properties: new Map<string, TypeSchema>([
          ['replicas', { type: 'integer' }],
          ['tags', { type: 'array', listType: 'set', items: text }],
        ]),
      },
    ],
  ]),
};

const type: ManagedType = { apiVersion: 'demo/v1', kind: 'Demo', schemaOf: () => schema, isCustom: true };
const base = { apiVersion: 'demo/v1', kind: 'Demo', metadata: { name: 'a' } };
const T0 = Date.UTC(2026, 0, 1);

function refusalOf(act: () => unknown): PatchRefused {
  try {
    act();
  } catch (error) {
    if (error instanceof PatchRefused) return error;
    throw error;
  }
  throw new Error('not refused');
}

describe('managed fields', () => {
  const created = updateManagedFields(
    type,
    undefined,
    { ...base, spec: { replicas: 1 } },
    { manager: 'kubectl', nowMs: T0 },
  );

  it('gives a created object to its writer', () => {
    expect((created['metadata'] as JsonObject)['managedFields']).toEqual([
      {
        manager: 'kubectl',
        operation: 'Update',
        apiVersion: 'demo/v1',
        time: '2026-01-01T00:00:00Z',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:spec': { '.': {}, 'f:replicas': {} } },
      },
    ]);
  });

  it('tells the owner of a field that an apply wants to change', () => {
    const refused = refusalOf(() =>
      applyConfiguration(
        type,
        created,
        { ...base, spec: { replicas: 2 } },
        { manager: 'other', force: false, nowMs: T0 },
      ),
    );
    expect(refused).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "kubectl" using demo/v1: .spec.replicas',
      causes: [
        { reason: 'FieldManagerConflict', message: 'conflict with "kubectl" using demo/v1', field: '.spec.replicas' },
      ],
    });
  });
});
