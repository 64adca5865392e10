// Schemas of custom resources, each with objects that fit and that do not. One fault an object: the real server tells
// several in no order.
export const STRING = { type: 'string' };
export const rule = (text: string, fields: object = {}): object => ({ rule: text, message: 'rule broken', ...fields });
export const object = (properties: object, fields: object = {}): object => ({ type: 'object', properties, ...fields });

/** Schemas of `spec` and the specs that are tried on each. */
export const VALIDATIONS: Readonly<Record<string, readonly [object, readonly unknown[]]>> = {
  types: [
    object({
      s: STRING,
      i: { type: 'integer' },
      n: { type: 'number' },
      b: { type: 'boolean' },
      a: { type: 'array', items: STRING },
    }),
    [
      { s: 1 },
      { i: 'x' },
      { n: 'y' },
      { b: 'z' },
      { a: {} },
      { i: 1.5 },
      { i: 1.0, n: 2 },
      { a: [1] },
      { s: null },
      'text',
      [],
    ],
  ],
  'required fields': [
    object({ a: STRING, b: object({ c: STRING }, { required: ['c'] }) }, { required: ['a', 'b'] }),
    [{}, { a: 'x', b: {} }],
  ],
  'numbers with bounds': [
    object({
      a: { type: 'integer', minimum: 1, maximum: 5 },
      b: { type: 'integer', minimum: 1, exclusiveMinimum: true },
      c: { type: 'integer', multipleOf: 3 },
    }),
    [{ a: 0 }, { a: 6 }, { b: 1 }, { c: 4 }, { a: 1, b: 2, c: 3 }],
  ],
  'integers by format': [
    object({ a: { type: 'integer', format: 'int32' }, b: { type: 'integer', format: 'int64' } }),
    [{ a: 3000000000 }, { b: 3000000000 }],
  ],
  'strings with bounds': [
    object({
      a: { type: 'string', minLength: 2, maxLength: 3 },
      b: { type: 'string', pattern: '^[a-z]+$' },
      c: { type: 'string', enum: ['x', 'y'] },
    }),
    [{ a: 'x' }, { a: 'wxyz' }, { b: 'A1' }, { c: 'z' }, { a: 'äöü' }],
  ],
  'lists with bounds': [
    object({ a: { type: 'array', minItems: 1, maxItems: 2, items: STRING } }),
    [{ a: [] }, { a: ['1', '2', '3'] }],
  ],
  'maps with bounds': [
    object({ a: { type: 'object', minProperties: 1, maxProperties: 2, additionalProperties: { type: 'integer' } } }),
    [{ a: {} }, { a: { x: 1, y: 2, z: 3 } }, { a: { x: 'y' } }],
  ],
  'formats of strings': [
    object({
      d: { type: 'string', format: 'date-time' },
      e: { type: 'string', format: 'email' },
      i: { type: 'string', format: 'ipv4' },
      u: { type: 'string', format: 'uuid' },
      r: { type: 'string', format: 'uri' },
      y: { type: 'string', format: 'byte' },
      t: { type: 'string', format: 'duration' },
      x: { type: 'string', format: 'unknown' },
    }),
    [{ d: 'x' }, { e: 'x' }, { i: 'x' }, { u: 'x' }, { r: ':' }, { y: '?' }, { t: 'x' }, { x: 'anything' }],
  ],
  'int or string': [
    object({ a: { 'x-kubernetes-int-or-string': true } }),
    [{ a: 1 }, { a: 'x' }, { a: true }, { a: 1.5 }],
  ],
  'anyOf, allOf, oneOf, not': [
    object(
      { a: STRING, b: STRING, c: { type: 'integer', not: { enum: [3] } } },
      { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
    ),
    [{}, { a: 'x', b: 'y' }, { a: 'x', c: 3 }, { a: 'x' }],
  ],
  'a set of strings': [
    object({ a: { type: 'array', items: STRING, 'x-kubernetes-list-type': 'set' } }),
    [{ a: ['x', 'x'] }, { a: ['x', 'y'] }],
  ],
  'a map of items': [
    object({
      a: {
        type: 'array',
        items: object({ name: STRING }, { required: ['name'] }),
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['name'],
      },
    }),
    [{ a: [{ name: 'x' }, { name: 'x' }] }, { a: [{}] }],
  ],
  nullable: [
    object({
      a: { type: 'string', nullable: true },
      b: { type: 'string', default: 'x' },
      c: { type: 'string', nullable: true, default: 'x' },
    }),
    [{ a: null, b: null, c: null }, {}],
  ],
  'defaults at every depth': [
    object({
      a: { type: 'integer', default: 3 },
      b: object({ c: { type: 'string', default: 'x' } }),
      d: object({ e: { type: 'string', default: 'y' } }, { default: {} }),
      f: { type: 'array', items: object({ g: { type: 'boolean', default: true } }) },
      h: { type: 'object', additionalProperties: object({ i: { type: 'string', default: 'z' } }) },
    }),
    [{}, { b: {}, f: [{}, { g: false }], h: { k: {} } }, { a: 0 }],
  ],
  pruning: [
    object({
      a: STRING,
      keep: {
        type: 'object',
        'x-kubernetes-preserve-unknown-fields': true,
        properties: { deep: object({ x: STRING }) },
      },
    }),
    [
      { a: 'x', more: 1, keep: { y: 2, deep: { x: 'x', z: 1 } } },
      { __proto__x: 1, constructor: 1 },
    ],
  ],
  'an embedded resource': [
    object({
      a: { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
    }),
    [
      { a: {} },
      { a: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { a: 'b' } } },
      { a: { apiVersion: 'v1', kind: 'X', metadata: { name: 5 } } },
    ],
  ],
  'rules on fields': [
    object(
      { min: { type: 'integer' }, max: { type: 'integer' } },
      { 'x-kubernetes-validations': [rule('self.min <= self.max')] },
    ),
    [
      { min: 2, max: 1 },
      { min: 1, max: 2 },
    ],
  ],
  'rules with a path and a reason': [
    object(
      { a: STRING },
      { 'x-kubernetes-validations': [rule("self.a != 'x'", { fieldPath: '.a', reason: 'FieldValueForbidden' })] },
    ),
    [{ a: 'x' }, { a: 'y' }],
  ],
  'rules with a message of their own making': [
    object({
      a: {
        type: 'integer',
        'x-kubernetes-validations': [{ rule: 'self > 3', messageExpression: "self < 0 ? 'negative' : 'too small'" }],
      },
    }),
    [{ a: 1 }, { a: 4 }],
  ],
  'rules on optional fields': [
    object({ a: STRING, b: STRING }, { 'x-kubernetes-validations': [rule('has(self.a) == has(self.b)')] }),
    [{ a: 'x' }, {}, { a: 'x', b: 'y' }],
  ],
  'rules on items and values': [
    object({
      a: {
        type: 'array',
        maxItems: 5,
        items: { type: 'string', maxLength: 9, 'x-kubernetes-validations': [rule("self.startsWith('a')")] },
      },
      b: {
        type: 'object',
        maxProperties: 5,
        additionalProperties: { type: 'integer', 'x-kubernetes-validations': [rule('self > 0')] },
      },
    }),
    [{ a: ['ab', 'b'] }, { b: { x: 0 } }, { a: ['ab'], b: { x: 1 } }],
  ],
  'rules with macros and functions': [
    object(
      {
        a: { type: 'array', maxItems: 5, items: { type: 'string', maxLength: 9 } },
        s: { type: 'string', maxLength: 9 },
      },
      {
        'x-kubernetes-validations': [
          rule("!has(self.a) || self.a.all(x, x.matches('^[a-z]+$'))"),
          rule('!has(self.s) || self.s.lowerAscii() == self.s'),
          rule('!has(self.a) || self.a.isSorted()'),
        ],
      },
    ),
    [{ a: ['a', 'B'] }, { s: 'Ab' }, { a: ['b', 'a'] }, { a: ['a', 'b'], s: 'ab' }],
  ],
};
