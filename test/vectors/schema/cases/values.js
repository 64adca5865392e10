// Values against schemas: each value is the `spec` of an object. With `before`, the object is made while the schema asks
// nothing, then the schema gets its rules and the object is replaced by each of the values.
'use strict';
const object = (properties, more = {}) => ({ type: 'object', properties, ...more });
const string = { type: 'string' };
const integer = { type: 'integer' };
const list = (items, more = {}) => ({ type: 'array', items, ...more });
const keyed = (more = {}) =>
  list(object({ name: string, port: { ...integer, default: 80 }, proto: { ...string, default: 'TCP' }, v: string }, { required: ['name'] }), {
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['name'],
    ...more,
  });
const every = { s: string, i: integer, n: { type: 'number' }, b: { type: 'boolean' }, l: list(string), m: { type: 'object', additionalProperties: integer }, o: object({ x: string }) };
const wrong = ['x', '', 1, 1.5, true, [], ['x'], {}, { x: 'y' }, null];

module.exports = [
  { name: 'types', spec: object(every), values: Object.keys(every).flatMap((key) => wrong.map((value) => ({ [key]: value }))) },
  { name: 'many mistakes', spec: object(every, { required: ['q', 'r'] }), values: [{ s: 1, i: 'x', n: 'y', b: 0, l: [1, 'x', null], m: { a: 'b', c: null }, o: { x: 2 } }] },
  { name: 'nullable', spec: object({ s: { ...string, nullable: true }, i: { ...integer, nullable: true, default: 3 }, o: { ...object({ x: string }, { required: ['x'] }), nullable: true }, l: list({ ...string, nullable: true }), m: { type: 'object', additionalProperties: { ...string, nullable: true } } }),
    values: [{}, { s: null, i: null, o: null, l: [null, 'x'], m: { a: null } }, { o: {} }] },
  { name: 'null without nullable', spec: object({ s: string, d: { ...string, default: 'x' }, l: list(string), ld: list({ ...string, default: 'y' }), m: { type: 'object', additionalProperties: string }, md: { type: 'object', additionalProperties: { ...string, default: 'z' } }, deep: object({ a: object({ b: string }) }) }),
    values: [{ s: null }, { d: null }, { l: null }, { l: ['a', null] }, { ld: ['a', null] }, { m: { a: null, b: 'x' } }, { md: { a: null } }, { deep: { a: { b: null } } }, { deep: null }] },
  { name: 'defaults', spec: object({ a: { ...string, default: 'x' }, o: { ...object({ p: { ...integer, default: 1 }, q: object({ r: { ...string, default: 'deep' } }) }), default: {} }, n: object({ r: { ...string, default: 'deep' } }), l: list(object({ name: string, size: { ...integer, default: 2 } })), m: { type: 'object', additionalProperties: object({ on: { type: 'boolean', default: true } }) }, dl: { ...list(string), default: ['a', 'b'] }, any: { 'x-kubernetes-preserve-unknown-fields': true, default: { k: [1, { z: null }] } }, zero: { ...integer, default: 0 }, empty: { ...string, default: '' }, no: { type: 'boolean', default: false } }),
    values: [{}, { a: 'y', o: { p: 5, q: {} }, n: {}, l: [{}, { name: 'x', size: 9 }], m: { k: {}, j: { on: false } }, dl: [] }, { o: { q: null } }] },
  { name: 'pruning', spec: object({ o: object({ a: string }), l: list(object({ a: string })), m: { type: 'object', additionalProperties: object({ a: string }) }, free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }, half: { ...object({ o: object({ a: string }) }), 'x-kubernetes-preserve-unknown-fields': true }, halfList: { ...list(object({ o: object({ a: string }) })), 'x-kubernetes-preserve-unknown-fields': true }, any: { 'x-kubernetes-preserve-unknown-fields': true }, anyMap: { type: 'object', additionalProperties: true }, anyValues: { type: 'object', additionalProperties: { 'x-kubernetes-preserve-unknown-fields': true } }, bare: { type: 'object' }, bareList: list({ type: 'object' }) }),
    values: [
      { o: { a: 'x', b: 1 }, z: 1 }, { l: [{ a: 'x', b: 1 }, { c: {} }] }, { m: { k: { a: 'x', b: 1 } } },
      { free: { a: { b: [{ c: 1 }] } } }, { half: { o: { a: 'x', b: 1 }, p: { q: 1 } } }, { halfList: [{ o: { a: 'x', b: 1 }, p: 1 }] },
      { any: { a: [1, { b: 2 }] } }, { any: [{ a: 1 }] }, { any: 'text' }, { anyMap: { a: 1, b: { c: 1 }, d: [{ e: 1 }], f: 'x' } }, { anyValues: { a: { b: { c: 1 } } } },
      { bare: { a: 1 } }, { bareList: [{ a: 1 }, {}] }, { y: 1, o: { z: 1, b: 1 }, a: {} },
    ] },
  { name: 'text', spec: object({ len: { ...string, minLength: 2, maxLength: 4 }, pat: { ...string, pattern: '^[a-z]+$' }, both: { ...string, minLength: 3, pattern: 'b' }, en: { ...string, enum: ['a', 'b c', ''] }, uni: { ...string, maxLength: 2 } }),
    values: [{ len: 'a' }, { len: 'abcde' }, { len: 'abcd' }, { pat: 'A"\n' }, { pat: 'abc' }, { pat: '' }, { both: 'xb' }, { both: 'xxx' }, { en: 'c' }, { en: '' }, { en: 'b c' }, { uni: '\u{1F600}\u{1F600}' }, { uni: 'äöü' }, { len: 'a', pat: 'B', en: 'q' }] },
  { name: 'numbers', spec: object({ min: { ...integer, minimum: 3 }, max: { ...integer, maximum: 10 }, xmin: { ...integer, minimum: 3, exclusiveMinimum: true }, xmax: { ...integer, maximum: 10, exclusiveMaximum: true }, fmin: { type: 'number', minimum: 1.5 }, fmax: { type: 'number', maximum: 1000000.5 }, mul: { ...integer, multipleOf: 5 }, fmul: { type: 'number', multipleOf: 0.1 }, big: { type: 'number', maximum: 1000000 }, i32: { ...integer, format: 'int32' }, i64: { ...integer, format: 'int64' }, fl: { type: 'number', format: 'float' }, db: { type: 'number', format: 'double' }, frac: { ...integer, maximum: 2.5 }, en: { ...integer, enum: [1, 2] }, fen: { type: 'number', enum: [1.5, 2] } }),
    values: [{ min: 2 }, { min: 3 }, { max: 11 }, { xmin: 3 }, { xmax: 10 }, { fmin: 1 }, { fmin: 1.25 }, { fmax: 1000001 }, { fmax: 1234567.75 }, { mul: 7 }, { mul: 10 }, { fmul: 0.25 }, { fmul: 0.3 }, { big: 1000000.5 }, { big: 12345678 }, { i32: 2147483647 }, { i32: 2147483648 }, { i64: 9007199254740991 }, { fl: 1e39 }, { db: 1e39 }, { i32: 'x' }, { i32: 1.5 }, { fl: true }, { frac: 2 }, { frac: 3 }, { en: 3 }, { en: 1.5 }, { fen: 1 }, { fen: 2 }, { min: 1.5 }, { fmin: 0.00001 }] },
  { name: 'lists and maps', spec: object({ l: { ...list(string), minItems: 1, maxItems: 2 }, one: { ...list(string), maxItems: 1 }, o: { ...object({ a: string, b: string }), minProperties: 1, maxProperties: 1 }, m: { type: 'object', additionalProperties: integer, minProperties: 1, maxProperties: 2 }, none: { type: 'object', additionalProperties: false }, ll: list(list(integer)), lo: list(object({ a: string }, { required: ['a', 'b'] })), le: { ...list(string), enum: [['a'], ['b', 'c']] } }),
    values: [{ l: [] }, { l: ['a', 'b', 'c'] }, { one: ['a', 'b'] }, { o: {} }, { o: { a: 'x', b: 'y' } }, { m: {} }, { m: { a: 1, b: 2, c: 3 } }, { m: { 'a.b/c': 'x' } }, { none: { a: 1 } }, { none: {} }, { ll: [[1], ['x', 2], 3] }, { lo: [{ a: 'x' }, {}, { b: 1 }] }, { le: ['a'] }, { le: ['z'] }] },
  ...[
    ['date', ['2024-02-29', '2023-02-29', 'x', 5, true, null, ['x']]],
    ['date-time', ['2024-01-01T00:00:00Z', '2024-01-01T25:00:00Z', '2024-01-01 00:00:00Z', '2024-01-01T00:00:00.123+02:00', 1, 1.5]],
    ['duration', ['1h', '1h30m', '22 ns', '2 days', '-1s', 'x', '1', '0', '']],
    ['uri', ['http://a/b', '/x', 'x', 'http://a b', 'mailto:a@b', 'http://[::1]:80/', '', 'http://a:b/', 'a/b', '//x', 'http://a/%zz', 'http://']],
    ['email', ['a@b', 'x', 'N <a@b.c>', 'a b@c', '"a b"@c', '@b']],
    ['hostname', ['a.b', '-a', 'a_b', 'example.com', '1a', 'a..b', 'localhost', 'a-b.cd']],
    ['ipv4', ['1.2.3.4', '1.2.3', '01.2.3.4', '::1', '::ffff:1.2.3.4', '1.2.3.256']],
    ['ipv6', ['::1', '1.2.3.4', 'fe80::1%eth0', 'x']],
    ['cidr', ['10.0.0.0/8', '10.0.0.0', '::/0', '10.0.0.0/33', '::/129']],
    ['mac', ['01:23:45:67:89:ab', '01-23-45-67-89-ab', '0123.4567.89ab', '01:23', 'x']],
    ['uuid', ['123e4567-e89b-12d3-a456-426614174000', '123E4567E89B12D3A456426614174000', 'x']],
    ['uuid4', ['123e4567-e89b-42d3-a456-426614174000', '123e4567-e89b-12d3-a456-426614174000']],
    ['byte', ['YQ==', 'a', '', 'YWI=', 'YWJj']],
    ['isbn', ['0321751043', '978-0321751041', '0321751044']],
    ['creditcard', ['4111 1111 1111 1111', '4111 1111 1111 1112']],
    ['ssn', ['111-11-1111', '111111111']],
    ['hexcolor', ['#fff', 'ffffff', '#ff']],
    ['rgbcolor', ['rgb(1,2,3)', 'rgb(1, 2 ,255)', 'rgb(256,1,1)', 'rgb(01,1,1)']],
    ['bsonobjectid', ['507f1f77bcf86cd799439011', 'x']],
    ['password', ['x', '']],
    ['k8s-short-name', ['a-b', 'A', 'a.b', '']],
    ['k8s-long-name', ['a-b.c', 'A', 'a..b']],
    ['other', ['x', 5]],
  ].map(([format, values]) => ({ name: `format ${format}`, spec: object({ f: { ...string, format } }), values: values.map((f) => ({ f })) })),
  { name: 'int-or-string', spec: object({ p: { 'x-kubernetes-int-or-string': true }, q: { 'x-kubernetes-int-or-string': true, anyOf: [integer, string], pattern: '^[0-9]+%$', maximum: 10 } }),
    values: [{ p: 1 }, { p: 'x' }, { p: true }, { p: 1.5 }, { p: null }, { p: {} }, { q: 5 }, { q: 11 }, { q: '5%' }, { q: 'x' }, { q: true }] },
  { name: 'junctors', spec: object({
      one: { ...object({ a: string, b: string, c: integer }), oneOf: [{ required: ['a'] }, { required: ['b'] }, { required: ['c'], properties: { c: { minimum: 5 } } }] },
      any: { ...object({ a: string, b: integer }), anyOf: [{ required: ['a'], properties: { a: { minLength: 3 } } }, { required: ['b'], properties: { b: { minimum: 2 } } }] },
      all: { ...string, allOf: [{ minLength: 2 }, { pattern: '^a' }, { maxLength: 3 }] },
      no: { ...object({ a: string, b: string }), not: { required: ['a', 'b'] } },
      noText: { ...string, not: { enum: ['x'] } },
    }),
    values: [{ one: {} }, { one: { a: 'x' } }, { one: { a: 'x', b: 'y' } }, { one: { c: 1 } }, { one: { a: 'x', b: 'y', c: 7 } }, { any: {} }, { any: { a: 'x' } }, { any: { b: 1 } }, { any: { a: 'x', b: 1 } }, { any: { a: 'xyz' } }, { all: 'a' }, { all: 'b' }, { all: 'abcd' }, { all: 'abc' }, { all: 'bcde' }, { no: { a: 'x', b: 'y' } }, { no: { a: 'x' } }, { noText: 'x' }, { noText: 'y' }, { all: 5 }] },
  { name: 'sets', spec: object({ s: { ...list(string), 'x-kubernetes-list-type': 'set' }, n: { ...list(integer), 'x-kubernetes-list-type': 'set' }, o: { ...list({ ...object({ a: string, b: string }), 'x-kubernetes-map-type': 'atomic' }), 'x-kubernetes-list-type': 'set' }, m: { type: 'object', additionalProperties: { ...list(string), 'x-kubernetes-list-type': 'set' } } }),
    values: [{ s: ['a', 'b'] }, { s: ['a', 'b', 'a', 'a', 'b'] }, { n: [1, 2, 1] }, { o: [{ a: 'x', b: 'y' }, { b: 'y', a: 'x' }] }, { m: { k: ['a', 'a'] } }, { s: ['a', 1, 'a'] }] },
  { name: 'keyed lists', spec: object({ k: keyed(), two: keyed({ 'x-kubernetes-list-map-keys': ['port', 'proto'] }), deep: list(object({ k: keyed() })) }),
    values: [{ k: [{ name: 'a' }, { name: 'b' }] }, { k: [{ name: 'a' }, { name: 'a' }, { name: 'a' }] }, { two: [{ name: 'a' }, { name: 'b', port: 80 }] }, { two: [{ name: 'a', port: 80 }, { name: 'b', port: 81 }] }, { k: [{}, {}] }, { deep: [{ k: [{ name: 'x' }, { name: 'x' }] }] }] },
  { name: 'embedded resources', spec: object({ e: { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true }, c: { ...object({ data: object({ a: string }) }), 'x-kubernetes-embedded-resource': true }, l: list({ type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true }) }),
    values: [{ e: {} }, { e: { apiVersion: 'v1', kind: 'Pod' } }, { e: { apiVersion: '', kind: '' } }, { e: { apiVersion: 'a/b/c', kind: 'Not_A_Kind' } }, { e: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', foo: 1, labels: { a: 'b' } }, spec: { x: 1 } } }, { c: { apiVersion: 'v1', kind: 'X', metadata: { name: 'x' }, data: { a: 'x', b: 1 }, other: 1 } }, { l: [{ kind: 'X' }, { apiVersion: 'v1' }] }] },
  { name: 'names of prototypes', spec: object({ constructor: { ...string, default: 'x' }, m: { type: 'object', additionalProperties: string } }),
    values: [{}, { m: { constructor: 'a', toString: 'b', hasOwnProperty: 'c' } }, { toString: 1 }, { constructor: 5 }] },
  { name: 'ratcheting', before: { s: 'long text', n: 50, l: ['a', 'a'], k: [{ name: 'a', v: 'wrong' }, { name: 'b', v: 'bad' }], plain: [{ v: 'wrong' }], m: { x: 'bad' }, o: { a: 'x' }, any: { a: 'x' }, old: 'gone' },
    spec: object({ s: { ...string, maxLength: 3 }, n: { ...integer, maximum: 10 }, l: { ...list(string), 'x-kubernetes-list-type': 'set' }, k: { ...list(object({ name: string, v: { ...string, enum: ['ok'] } }, { required: ['name'] })), 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] }, plain: list(object({ v: { ...string, enum: ['ok'] } })), m: { type: 'object', additionalProperties: { ...string, pattern: '^ok' } }, o: object({ a: string }, { required: ['b'] }), any: { ...object({ a: string, b: string }), anyOf: [{ required: ['b'] }, { properties: { a: { minLength: 5 } } }] }, other: string }),
    values: [
      { s: 'long text', n: 50, l: ['a', 'a'], k: [{ name: 'a', v: 'wrong' }, { name: 'b', v: 'bad' }], plain: [{ v: 'wrong' }], m: { x: 'bad' }, o: { a: 'x' }, any: { a: 'x' }, other: 'new' },
      { s: 'long text', n: 51 }, { s: 'other text' }, { l: ['b', 'b'] },
      { k: [{ name: 'a', v: 'wrong' }, { name: 'b', v: 'changed' }] }, { k: [{ name: 'b', v: 'bad' }] }, { k: [{ name: 'c', v: 'wrong' }] },
      { plain: [{ v: 'wrong' }, { v: 'ok' }] }, { plain: [{ v: 'wrong' }] }, { m: { x: 'bad', y: 'bad' } }, { m: { x: 'worse' } }, { o: { a: 'y' } }, { any: { a: 'y' } }, { any: { a: 'x' } },
    ] },
];
