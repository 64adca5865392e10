import fc from 'fast-check';
import { pruneBySchema } from './prune';

const schema = {
  type: 'object',
  properties: {
    phase: { type: 'string' },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    map: { type: 'object', additionalProperties: { type: 'object', properties: { a: { type: 'string' } } } },
    list: { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } },
  },
};

describe('pruneBySchema', () => {
  it('drops what the schema does not know, at every depth', () => {
    const { value, dropped } = pruneBySchema(
      { phase: 'x', nope: 1, map: { k: { a: '1', b: '2' } }, list: [{ a: '1', b: '2' }], free: { any: 1 } },
      schema,
    );
    expect(value).toEqual({ phase: 'x', map: { k: { a: '1' } }, list: [{ a: '1' }], free: { any: 1 } });
    expect(dropped).toEqual(['nope', 'map.k.b', 'list[0].b']);
  });

  it('returns the very object when nothing is dropped', () => {
    const status = { phase: 'x' };
    expect(pruneBySchema(status, schema).value).toBe(status);
  });

  it('is done after once: what is left is kept', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('phase', 'map', 'free', 'x'), fc.jsonValue()), (status) => {
        const once = pruneBySchema(status, schema).value;
        expect(pruneBySchema(once, schema)).toEqual({ value: once, dropped: [] });
      }),
    );
  });

  it('keeps apiVersion, kind and metadata of an embedded object', () => {
    const embedded = { type: 'object', properties: {}, 'x-kubernetes-embedded-resource': true };
    expect(pruneBySchema({ apiVersion: 'v1', kind: 'A', metadata: { name: 'a' }, spec: 1 }, embedded)).toEqual({
      value: { apiVersion: 'v1', kind: 'A', metadata: { name: 'a' } },
      dropped: ['spec'],
    });
  });

  it('keeps nothing under a schema that knows nothing', () => {
    expect(pruneBySchema({ phase: 'x' }, { type: 'object' }).value).toEqual({});
  });
});
