// JSON patch and merge patch.
'use strict';
const { create, json, merge, status, v2, configMap, web, start, checked } = require('../steps');

const sequences = {};
const jsonPatches = {
  'add, replace, remove': [
    [
      { op: 'add', path: '/spec/labels/x', value: '3' },
      { op: 'replace', path: '/spec/title', value: 'b' },
      { op: 'remove', path: '/spec/replicas' },
    ],
  ],
  'escaped keys': [
    [
      { op: 'replace', path: '/spec/labels/a~1b', value: '9' },
      { op: 'remove', path: '/spec/labels/c~0d' },
    ],
  ],
  'items of lists': [
    [
      { op: 'add', path: '/spec/order/0', value: '0' },
      { op: 'add', path: '/spec/order/-', value: '9' },
      { op: 'remove', path: '/spec/order/1' },
      { op: 'replace', path: '/spec/order/0', value: 'r' },
    ],
  ],
  'move and copy': [
    [
      { op: 'move', from: '/spec/free/list', path: '/spec/free/moved' },
      { op: 'copy', from: '/spec/free/moved', path: '/spec/free/copied' },
      { op: 'move', from: '/spec/order/0', path: '/spec/order/2' },
    ],
  ],
  'test that holds': [
    [
      { op: 'test', path: '/spec/title', value: 'a' },
      { op: 'test', path: '/spec/free/list', value: [1, [2]] },
      { op: 'test', path: '/spec/free/map/k', value: null },
      { op: 'test', path: '/spec/free/nothing', value: null },
      { op: 'replace', path: '/spec/title', value: 'z' },
    ],
  ],
  'null and nothing': [
    [{ op: 'add', path: '/spec/note', value: null }],
    [{ op: 'replace', path: '/spec/free/map/k', value: { a: 1 } }],
  ],
  'a whole map': [
    [{ op: 'replace', path: '/spec/labels', value: { only: '1' } }],
    [{ op: 'add', path: '/spec/labels', value: {} }],
  ],
  'an empty patch': [[]],
  'a negative index': [
    [{ op: 'replace', path: '/spec/order/-1', value: 'last' }],
    [{ op: 'add', path: '/spec/order/-1', value: 'before' }],
    [{ op: 'remove', path: '/spec/order/-1' }],
    [{ op: 'remove', path: '/spec/order/-9' }],
    [{ op: 'add', path: '/spec/order/-9', value: 'x' }],
    [{ op: 'replace', path: '/spec/order/-9', value: 'x' }],
    [{ op: 'test', path: '/spec/order/-9', value: 'x' }],
  ],
  'a test that fails': [
    [{ op: 'test', path: '/spec/title', value: 'b' }],
    [{ op: 'test', path: '/spec/nope', value: 'b' }],
    [{ op: 'test', path: '/nope/nope', value: 'b' }],
    [{ op: 'test', path: '/spec/order/7', value: 'b' }],
    [{ op: 'test', path: '/spec/free/map/k', value: 1 }],
    [{ op: 'test', path: '/spec/title' }],
    [{ op: 'test', path: '/spec/order/x', value: 1 }],
    [{ op: 'test', path: '', value: 1 }],
    [{ op: 'test', path: '/spec/replicas', value: '1' }],
    [{ op: 'test', path: '/spec/order', value: ['3', '2', '1'] }],
  ],
  'nothing to remove': [
    [{ op: 'remove', path: '/spec/nope' }],
    [{ op: 'remove', path: '/nope/nope' }],
    [{ op: 'remove', path: '/spec/order/7' }],
    [{ op: 'remove', path: '/spec/order/x' }],
    [{ op: 'remove', path: '/spec/title/x' }],
    [{ op: 'remove', path: '' }],
    [{ op: 'remove', path: '/spec/free/map/k/x' }],
    [{ op: 'remove', path: '/spec/order/-' }],
  ],
  'nothing to replace': [
    [{ op: 'replace', path: '/spec/nope', value: 1 }],
    [{ op: 'replace', path: '/nope/nope', value: 1 }],
    [{ op: 'replace', path: '/spec/order/7', value: 'x' }],
    [{ op: 'replace', path: '/spec/order/x', value: 'x' }],
    [{ op: 'replace', path: '', value: 1 }],
    [{ op: 'replace', path: '/spec/order/3', value: 'x' }],
  ],
  'nowhere to add': [
    [{ op: 'add', path: '/nope/nope', value: 1 }],
    [{ op: 'add', path: '/spec/order/9', value: 'x' }],
    [{ op: 'add', path: '/spec/order/x', value: 'x' }],
    [{ op: 'add', path: '/spec/title/x', value: 'x' }],
    [{ op: 'add', path: '', value: {} }],
    [{ op: 'add', path: '/spec/order/01', value: 'x' }],
    [{ op: 'add', path: 'spec/nope', value: 'x' }],
  ],
  'nothing to move or copy': [
    [{ op: 'move', from: '/spec/nope', path: '/spec/title' }],
    [{ op: 'move', from: '/nope/nope', path: '/spec/title' }],
    [{ op: 'copy', from: '/spec/nope', path: '/spec/note' }],
    [{ op: 'copy', from: '/nope/nope', path: '/spec/title' }],
    [{ op: 'move', from: '/spec/title', path: '/nope/nope' }],
    [{ op: 'copy', from: '/spec/title', path: '/nope/nope' }],
    [{ op: 'move', path: '/spec/title' }],
    [{ op: 'copy', path: '/spec/title' }],
    [{ op: 'copy', from: '/spec/order/9', path: '/spec/title' }],
    [{ op: 'move', from: '/spec/order/9', path: '/spec/title' }],
    [{ op: 'copy', from: '/spec/title', path: '/spec/order/9' }],
  ],
  'no operation of that name': [
    [{ op: 'nope', path: '/spec/title' }],
    [{ path: '/spec/title' }],
    [{ op: 'add' }],
    [{ op: 'remove' }],
    [{ op: 'replace' }],
    [{ op: 'test' }],
    [{ op: 'add', path: '/spec/title' }],
    [{ op: 'replace', path: '/spec/title' }],
    [{ op: 'move', from: '/spec/title' }],
    [{ op: 'copy', from: '/spec/title' }],
  ],
  'no list of operations': [
    { op: 'add' },
    'x',
    5,
    null,
    [1],
    ['x'],
    [null],
    [[]],
    [{ op: 5 }],
    [{ op: 'add', path: 5 }],
    [{ op: 'add', path: '/spec/title', value: 'x', from: 7 }],
  ],
};
for (const [name, patches] of Object.entries(jsonPatches)) {
  sequences[`json patch: ${name}`] = [start, ...patches.map((patch) => json(patch))];
}
sequences['json patch: more operations than allowed'] = [
  start,
  json(
    Array.from({ length: 10_001 }, () => ({ op: 'test', path: '/spec/title', value: 'a' })),
    'patcher',
    { isLong: true },
  ),
];
sequences['json patch: managedFields and prototype keys'] = [
  start,
  json([{ op: 'add', path: '/spec/free/__proto__', value: { polluted: 1 } }]),
  json([{ op: 'add', path: '/spec/free/constructor', value: { a: 1 } }]),
  json([{ op: 'replace', path: '/metadata/managedFields', value: [{}] }]),
  json([{ op: 'test', path: '/spec/free/toString', value: null }]),
  json([{ op: 'remove', path: '/spec/free/hasOwnProperty' }]),
];
sequences['json patch: a Deployment'] = [
  create(web),
  json([
    { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'web:2' },
    { op: 'add', path: '/spec/template/spec/containers/0/env/-', value: { name: 'D', value: '4' } },
  ]),
  json([{ op: 'remove', path: '/spec/template/spec/containers/1' }]),
];

// ---- merge patch -----------------------------------------------------------------------------------------------------
sequences['merge patch: fields, null and lists'] = [
  start,
  merge({ spec: { title: 'b', replicas: null, tags: ['z'], labels: { 'a/b': null, n: '1' } } }),
  merge({ spec: { free: { map: null, list: [null, { a: null }], deep: { a: { b: null, c: 1 } } } } }),
];
sequences['merge patch: null in a list that takes the place of a map, of a list, of nothing'] = [
  start,
  merge({ spec: { free: { map: [{ a: null, b: 1 }] } } }),
  merge({ spec: { free: { map: [{ a: null, b: 1 }] } } }),
  merge({ spec: { free: { map: null, other: [{ a: null, b: 1 }, null] } } }),
];
sequences['merge patch: nothing'] = [start, merge({}), merge({ spec: {} }), merge({ spec: { nope: null } })];
sequences['merge patch: a scalar for a map and back'] = [
  start,
  merge({ spec: { free: { map: 1 } } }),
  merge({ spec: { free: { map: { a: { b: null } } } } }),
];
sequences['merge patch: status'] = [
  start,
  merge({ spec: { title: 'x' }, status: { phase: 'p' } }, 'controller', status),
  merge({ status: { phase: null } }, 'controller', status),
];
sequences['merge patch: no map'] = [start, merge([]), merge('x'), merge(5), merge(null), merge([1]), merge(true)];
sequences['merge patch: prototype keys'] = [
  start,
  merge(JSON.parse('{"spec":{"free":{"__proto__":{"polluted":1},"constructor":null}}}')),
];
sequences['merge patch: managedFields'] = [
  start,
  merge({ metadata: { managedFields: [{}] } }),
  merge({ spec: { title: 'n' } }),
];
sequences['merge patch: a ConfigMap'] = [
  create(configMap({ a: '1', b: '2' })),
  merge({ data: { a: null, c: '3' } }),
  merge({ data: null }),
  merge({ metadata: { labels: { x: 'y' } } }),
];
sequences['merge patch: a Deployment'] = [
  create(web),
  merge({ spec: { replicas: 5, template: { spec: { tolerations: null } } } }),
];
sequences['merge patch: a Thing in another version'] = [
  start,
  merge({ spec: { title: 'two' } }, 'patcher', v2),
  merge({ spec: { tags: ['q'] } }, 'patcher'),
];

sequences['json patch: no list of operations, checked'] = [
  start,
  ...[
    { op: 'add' },
    'x',
    5,
    null,
    true,
    [1],
    ['x'],
    [null],
    [[]],
    [{ op: 5 }],
    [{ op: 'add', path: 5 }],
    [{ op: 'add', path: '/spec/title', value: 'x', from: {} }],
    [{ op: 'test', path: '/spec/title', value: 'no' }],
  ].map((body) => json(body, 'patcher', checked)),
];
sequences['merge patch: no map, checked'] = [
  start,
  ...[[], 'x', 5, null, [1], true].map((body) => merge(body, 'patcher', checked)),
];

module.exports = sequences;
