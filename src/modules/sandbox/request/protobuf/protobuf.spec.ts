// The decoder against what Go writes: testing/vectors.br is recorded by `npm run protobuf:vectors`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import * as fc from 'fast-check';
import { type JsonObject } from '../../../common';
import { builtinResources } from '../../kinds/builtin-resources';
import { decodeEnvelope, ProtobufError } from './index';
import { messageOfKind } from './message-table';
import { envelope, field } from './testing/encode';

interface Vector {
  readonly apiVersion: string;
  readonly kind: string;
  readonly what: string;
  /** Base64. */
  readonly protobuf: string;
  readonly json: JsonObject;
}

const EXPECTED = { group: '', version: 'v1', kind: 'ConfigMap' };
const VECTORS = brotliDecompressSync(readFileSync(join(__dirname, 'testing', 'vectors.br')))
  .toString('utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Vector);

const bodyOf = ({ protobuf }: Vector): Buffer => Buffer.from(protobuf, 'base64');
const vector = (kind: string, what: string): Vector =>
  VECTORS.find((candidate) => candidate.kind === kind && candidate.what === what)!;

it.each(VECTORS.map((each) => [each.apiVersion, each.kind, each.what, each] as const))(
  'reads %s %s (%s) as Go does',
  (_apiVersion, _kind, _what, each) => {
    expect(decodeEnvelope(bodyOf(each), EXPECTED)).toEqual(each.json);
  },
);

it('knows every kind that has a resource', () => {
  const missing = builtinResources({}).flatMap(({ group, kind, versions }) =>
    versions.filter(({ name }) => messageOfKind(group, name, kind) === undefined).map(({ name }) => `${name} ${kind}`),
  );
  expect(missing).toEqual([]);
});

describe('bytes that are no object', () => {
  const whole = bodyOf(vector('Deployment', 'half'));

  it('is refused wherever it is cut, or read as what is left of it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...VECTORS), fc.double({ min: 0, max: 1, noNaN: true }), (each, part) => {
        const body = bodyOf(each);
        const cut = body.subarray(0, Math.floor(body.length * part));
        expect(outcome(cut)).toMatch(/^(read|refused)$/);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused or read when bytes of it are others', () => {
    const change = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.constantFrom(...VECTORS), fc.array(change, { minLength: 1, maxLength: 8 }), (each, changes) => {
        const body = bodyOf(each);
        for (const [where, byte] of changes) body[Math.floor(where * (body.length - 1))] = byte;
        expect(outcome(body)).toMatch(/^(read|refused)$/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is refused when it is noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (noise) => {
        const body = Buffer.concat([Buffer.from('k8s\0', 'latin1'), noise]);
        expect(outcome(body)).toMatch(/^(read|refused)$/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is refused when messages hold messages without an end', () => {
    // A schema whose `not` is a schema whose `not` is...
    let schema: Buffer = Buffer.alloc(0);
    for (let level = 0; level < 20_000; level++) schema = field(28, schema);
    const version = field(4, field(1, schema));
    const raw = field(2, field(7, version));
    const body = envelope('apiextensions.k8s.io/v1', 'CustomResourceDefinition', raw);
    expect(() => decodeEnvelope(body, EXPECTED)).toThrow(new ProtobufError('exceeded max depth'));
  });

  it('says which kind it could not read', () => {
    const body = envelope('apps/v1', 'Deployment', Buffer.from([8, 1]));
    expect(() => decodeEnvelope(body, EXPECTED)).toThrow(
      expect.objectContaining({
        kind: 'Deployment',
        version: 'v1',
        message: 'proto: wrong wireType = 0 for field ObjectMeta',
      }),
    );
    expect(() => decodeEnvelope(whole.subarray(0, 9), EXPECTED)).toThrow('unexpected EOF');
  });
});

it('takes keys of a prototype as any other', () => {
  const entry = (key: string): Buffer => field(2, field(1, Buffer.from(key)), field(2, Buffer.from('v')));
  const body = envelope('v1', 'ConfigMap', Buffer.concat([entry('__proto__'), entry('constructor')]));
  const { data } = decodeEnvelope(body, EXPECTED);
  expect(Object.entries(data as JsonObject)).toEqual([
    ['__proto__', 'v'],
    ['constructor', 'v'],
  ]);
  expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
});

it('reads numbers in one chunk and messages in several as generated code does', () => {
  // fsGroup of a pod; a ConfigMap whose metadata comes in two pieces.
  const groups = field(4, Buffer.from([0xe8, 0x07, 0xe9, 0x07]));
  const pod = envelope('v1', 'Pod', field(2, field(14, groups)));
  expect(decodeEnvelope(pod, EXPECTED)).toMatchObject({
    spec: { securityContext: { supplementalGroups: [1_000, 1_001] } },
  });
  const pieces = [field(1, field(1, Buffer.from('a'))), field(1, field(3, Buffer.from('default')))];
  expect(decodeEnvelope(envelope('v1', 'ConfigMap', Buffer.concat(pieces)), EXPECTED)).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'default' },
  });
});

function outcome(body: Buffer): string {
  try {
    decodeEnvelope(body, EXPECTED);
    return 'read';
  } catch (error) {
    return error instanceof ProtobufError ? 'refused' : String(error);
  }
}
