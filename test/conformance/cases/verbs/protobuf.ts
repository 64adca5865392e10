// Bodies in protobuf, which Go clients send of built-in kinds: read as the same object in JSON, refused as JSON is.
import { envelope, field } from '../../../../src/modules/sandbox/request/protobuf/testing/encode';
import { type CaseTable } from '../../harness/conformance-case';
import { type Session } from '../../harness/session';
import { configMap } from '../objects';

const HEADERS = { 'content-type': 'application/vnd.kubernetes.protobuf' };

const text = (number: number, value: string): Buffer => field(number, Buffer.from(value));
const named = (name: string, ...more: readonly Buffer[]): Buffer => field(1, text(1, name), ...more);
const data = (key: string, value: string): Buffer => field(2, text(1, key), text(2, value));
const config = (...parts: readonly Buffer[]): Buffer => envelope('v1', 'ConfigMap', Buffer.concat(parts));
const bytes = (...values: readonly number[]): Buffer => Buffer.from(values);

const BODIES: Readonly<Record<string, Buffer>> = {
  'a ConfigMap': config(named('a', field(11, text(1, 'app'), text(2, 'x'))), data('k', 'v')),
  nothing: Buffer.alloc(0),
  'the prefix alone': Buffer.from('k8s\0', 'latin1'),
  'text that begins otherwise': Buffer.from('x'.repeat(100)),
  JSON: Buffer.from('{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}'),
  'an envelope that ends too early': config(named('a')).subarray(0, 10),
  'an object that ends too early': config(named('a').subarray(0, 4)),
  'no kind': Buffer.concat([Buffer.from('k8s\0', 'latin1'), field(2, named('a'))]),
  'another kind': envelope('v1', 'Secret', named('a')),
  'a kind that nobody knows': envelope('v1', 'Nothing', named('a')),
  'a group that nobody knows': envelope('none/v1', 'ConfigMap', named('a')),
  'a list': envelope('v1', 'ConfigMapList', named('a')),
  'a number in the place of an object': config(bytes(8, 1)),
  'a field of the number 0': config(bytes(2, 1, 1)),
  'the end of a group': config(bytes(12)),
  'a wire type that does not exist': config(bytes(0x7e, 1)),
  'fields that nobody knows': config(named('a'), bytes(0x78, 5), text(100, 'x')),
  'a number of more than 64 bits': config(bytes(0x78, ...Array<number>(11).fill(0xff))),
  'a negative length': config(bytes(10, ...Array<number>(9).fill(0xff), 1)),
  'an object of nothing': config(),
  'prototype keys': config(named('a'), data('__proto__', 'x'), data('constructor', 'y')),
  'one key twice': config(named('a'), data('k', 'first'), data('k', 'second')),
  'metadata in two pieces': config(named('a'), field(1, field(11, text(1, 'l'), text(2, 'v')))),
};

const bodies: CaseTable = Object.fromEntries(
  Object.entries(BODIES).map(([what, body]) => [
    `create with protobuf: ${what}`,
    (k) => k.post(k.in('v1', 'configmaps'), body, { headers: HEADERS }),
  ]),
);

const options = (...parts: readonly Buffer[]): Buffer => envelope('apps/v1', 'DeleteOptions', Buffer.concat(parts));

const DELETES: Readonly<Record<string, Buffer>> = {
  'a policy': options(text(4, 'Background')),
  'a uid that it has not': options(field(2, text(1, 'another'))),
  'text that begins otherwise': Buffer.from('abc'),
  'options that end too early': options(bytes(8)),
  'options of no kind': Buffer.concat([Buffer.from('k8s\0', 'latin1'), field(2)]),
  'another kind': config(named('a')),
};

const deletes: CaseTable = Object.fromEntries(
  Object.entries(DELETES).map(([what, body]) => [
    `delete with protobuf: ${what}`,
    async (k) => {
      await k.setup('POST', k.in('v1', 'configmaps'), configMap('a'));
      await k.delete(k.in('v1', 'configmaps', 'a'), body, { headers: HEADERS });
    },
  ]),
);

/** app=x, image nginx: a pod template. */
const TEMPLATE = Buffer.concat([
  field(1, field(11, text(1, 'app'), text(2, 'x'))),
  field(2, field(2, text(1, 'web'), text(2, 'nginx'), field(6, bytes(24, 80)))),
]);

function deployment(k: Session, ...more: readonly Buffer[]): Buffer {
  const selector = field(2, field(1, text(1, 'app'), text(2, 'x')));
  const object = Buffer.concat([named('a', text(3, k.ns)), field(2, selector, field(3, TEMPLATE), ...more)]);
  return envelope('apps/v1', 'Deployment', object);
}

const quota = (name: string, cpu: string): Buffer =>
  envelope(
    'v1',
    'ResourceQuota',
    Buffer.concat([named(name), field(2, field(1, text(1, 'cpu'), field(2, text(1, cpu))))]),
  );

export const PROTOBUF: CaseTable = {
  ...bodies,
  ...deletes,

  'protobuf: a Deployment is created, replaced and scaled': async (k) => {
    const path = k.in('apps/v1', 'deployments');
    await k.post(path, deployment(k), { headers: HEADERS });
    // replicas: 3
    await k.put(`${path}/a`, deployment(k, bytes(8, 3)), { headers: HEADERS });
    const scale = envelope(
      'autoscaling/v1',
      'Scale',
      Buffer.concat([named('a', text(3, k.ns)), field(2, bytes(8, 5))]),
    );
    await k.put(`${path}/a/scale`, scale, { headers: HEADERS });
  },

  'protobuf: quantities have their canonical text, and are refused when they are none': async (k) => {
    const path = k.in('v1', 'resourcequotas');
    await k.post(path, quota('a', '0.5'), { headers: HEADERS });
    await k.post(path, quota('b', 'much'), { headers: HEADERS });
  },

  'protobuf: unknown fields are no error where fields are validated': (k) =>
    k.post(`${k.in('v1', 'configmaps')}?fieldValidation=Strict`, config(named('a'), text(100, 'x')), {
      headers: HEADERS,
    }),

  'protobuf is no patch': async (k) => {
    await k.setup('POST', k.in('v1', 'configmaps'), configMap('a'));
    await k.send('PATCH', k.in('v1', 'configmaps', 'a'), config(named('a')), { headers: HEADERS });
  },

  'protobuf: may I read pods?': async (k) => {
    const attributes = field(1, text(1, k.ns), text(2, 'get'), text(5, 'pods'));
    const review = envelope('authorization.k8s.io/v1', 'SelfSubjectAccessReview', field(2, attributes));
    await k.post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', review, { headers: HEADERS });
  },
};
