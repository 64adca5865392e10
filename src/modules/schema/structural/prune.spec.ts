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
});
