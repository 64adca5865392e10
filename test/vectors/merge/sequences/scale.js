// The Scale: entries of the main resource stand for those of its replicas.
'use strict';
const { create, edit, merge, apply, force, v2, thing, container, deployment } = require('../steps');

const sequences = {};
const scale = (replicas) => ({ spec: { replicas } });
const toScale = { subresource: 'scale' };
sequences['scale: a Deployment by merge patch'] = [
  apply(deployment([container('web')], { replicas: 1 })),
  merge(scale(3), 'scaler', toScale),
  merge(scale(3), 'other', toScale),
  apply(deployment([container('web')], { replicas: 1 })),
  apply(deployment([container('web')])),
  merge(scale(4), 'scaler', toScale),
];
sequences['scale: a Deployment by update'] = [
  create(deployment([container('web')], { replicas: 1 })),
  edit((o) => ({ ...o, spec: { ...o.spec, replicas: 2 } }), 'creator'),
  merge(scale(3), 'creator', toScale),
  edit((o) => ({ ...o, spec: { ...o.spec, replicas: 4 } }), 'creator'),
];
sequences['scale: applied'] = [
  apply(deployment([container('web')], { replicas: 1 })),
  apply({ apiVersion: 'autoscaling/v1', kind: 'Scale', spec: { replicas: 2 } }, 'scaler', toScale),
  apply({ apiVersion: 'autoscaling/v1', kind: 'Scale', spec: { replicas: 2 } }, 'scaler', { ...toScale, ...force }),
  apply({ apiVersion: 'autoscaling/v1', kind: 'Scale', spec: { replicas: 3 } }, 'scaler', toScale),
  apply({ apiVersion: 'autoscaling/v1', kind: 'Scale', spec: { replicas: 9 } }, 'other', toScale),
];
sequences['scale: a custom resource'] = [
  create(thing({ replicas: 1, title: 'a' })),
  merge(scale(2), 'scaler', toScale),
  edit((o) => ({ ...o, ...v2, spec: { ...o.spec, replicas: 5 } }), 'editor', v2),
  merge(scale(6), 'editor', toScale),
];

module.exports = sequences;
