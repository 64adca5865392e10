// Bodies of built-in kinds with values of wrong types, and with unknown and duplicate fields (texts, for the duplicates).
'use strict';
const head = (apiVersion, kind, rest) => ({ apiVersion, kind, metadata: { name: 'x' }, ...rest });
const deployment = (spec) => head('apps/v1', 'Deployment', { spec });
const pod = (spec) => head('v1', 'Pod', { spec });
const container = (fields) => pod({ containers: [fields] });
const meta = (metadata) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
const secret = (rest) => head('v1', 'Secret', rest);
const lease = (spec) => head('coordination.k8s.io/v1', 'Lease', { spec });
const service = (spec) => head('v1', 'Service', { spec });
const schema = (openAPIV3Schema) => head('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { spec: { versions: [{ schema: { openAPIV3Schema } }] } });
const wrong = ['x', 5, 1.5, true, [], {}, ['x'], { a: 'x' }];

const objects = [
  ...wrong.flatMap((value) => [
    deployment({ replicas: value }), deployment({ paused: value }), deployment({ selector: value }), deployment({ selector: { matchLabels: value } }),
    deployment({ strategy: { rollingUpdate: { maxSurge: value } } }), deployment(value), container({ args: value }), container({ name: value }), container(value),
    container({ imagePullPolicy: value }), container({ resources: { limits: value } }), container({ resources: { limits: { cpu: value } } }), container({ ports: value }),
    container({ securityContext: { capabilities: { add: value } } }), container({ securityContext: { runAsUser: value } }), meta({ name: 'x', labels: value }), meta({ name: 'x', finalizers: value }),
    meta({ name: 'x', creationTimestamp: value }), meta({ name: 'x', generation: value }), meta(value), meta({ name: 'x', uid: value }), secret({ data: value }), secret({ data: { k: value } }),
    secret({ stringData: { k: value } }), secret({ immutable: value }), secret({ type: value }), service({ ports: value }), service({ ports: [{ port: value }] }), service({ ports: [{ port: 80, targetPort: value }] }),
    lease({ renewTime: value }), lease({ leaseDurationSeconds: value }), pod({ volumes: [{ name: 'v', secret: value }] }), pod({ volumes: [{ name: 'v', configMap: { name: value } }] }),
    container({ livenessProbe: { httpGet: { port: value } } }), container({ livenessProbe: { exec: { command: value } } }), container({ env: [{ name: 'a', valueFrom: { secretKeyRef: { name: value, key: 'k' } } }] }),
    schema({ type: value }), schema({ properties: value }), schema({ minimum: value }), schema({ required: value }), schema({ additionalProperties: value }), schema({ maxLength: value }), schema({ enum: value }),
    head('rbac.authorization.k8s.io/v1', 'Role', { rules: value }), head('rbac.authorization.k8s.io/v1', 'Role', { rules: [{ verbs: value }] }),
    head('autoscaling/v2', 'HorizontalPodAutoscaler', { spec: { metrics: [{ type: value }] } }), head('v1', 'ConfigMap', { data: value }), head('v1', 'ConfigMap', { binaryData: { a: value } }), head('v1', 'ConfigMap', { immutable: value }),
    head('batch/v1', 'CronJob', { spec: { jobTemplate: { spec: { backoffLimit: value } } } }), head('networking.k8s.io/v1', 'Ingress', { spec: { rules: [{ http: { paths: value } }] } }),
    head('v1', 'PersistentVolume', { spec: { nfs: { path: value }, capacity: value } }), head('apps/v1', 'ControllerRevision', { data: value, revision: value }),
  ]),
  ...['', '2020', '2020-01-01', '2020-13-01T00:00:00Z', '2020-02-30T00:00:00Z', '2020-01-01T25:00:00Z', '2020-01-01T00:00:00', '2020-01-01T00:00:00Zx', '2020-01-01T00:00:00.5Z', '2020-01-01T00:00:00+02:00', '2020-01-01t00:00:00Z', '2020-1-1T00:00:00Z'].flatMap((time) => [meta({ name: 'x', creationTimestamp: time }), lease({ renewTime: time })]),
  lease({ renewTime: '2020-01-01T00:00:00.000000Z' }), lease({ renewTime: '2020-01-01T00:00:00.0000001Z' }),
  ...['', '1', '1.5', '1x', '1Ki', '1ki', '1e3', '1E', '-1', '+1m', '1KK', '1 ', 'x', '1.2.3', '0.5Gi', '1n', '1eE', '1Eim', '.', '1e'].map((cpu) => container({ name: 'x', resources: { limits: { cpu } } })),
  ...['YQ==', 'YQ', 'YQ=', 'Y', '****', 'YWJj', 'YWI=', 'YQ==\n', 'Y\nQ==', 'YQ==YQ==', 'YQ=a', 'YWJj*', '=', 'a-_a', ''].map((k) => secret({ data: { k } })),
  deployment({ replicas: 2147483648 }), deployment({ replicas: -2147483648 }), deployment({ replicas: 99999999999999 }), deployment({ replicas: null, paused: null, selector: null }),
  container({ volumeMounts: [{ name: 1 }], image: 2, resources: { limits: { cpu: 'y' } } }), deployment({ paused: 'a', replicas: 'b' }), meta({ name: 'x', labels: { a: 1 }, creationTimestamp: 'x' }),
  meta({ name: 'x', ownerReferences: [{ controller: 'x' }] }), meta({ name: 'x', managedFields: [{ fieldsV1: 5, time: true }] }), meta({ name: 'x', managedFields: [{ fieldsV1: 'x', subresource: 1 }] }),
  deployment({ selector: { matchExpressions: [{ values: [1] }] } }), deployment({ template: { spec: { containers: {} } } }), deployment({ unknown: { replicas: 'x' }, replicas: true }),
  schema({ properties: { a: { properties: { b: { type: 5 } } } } }), schema({ default: { a: 1 }, example: [1] }), service({ ports: [{ port: 80, targetPort: 99999999999 }] }),
  head('v1', 'PersistentVolumeClaim', { spec: { accessModes: [1] } }), head('v1', 'Namespace', { spec: { finalizers: [true] } }), head('apps/v1', 'Deployment', { status: 5 }),
];

const strict = [
  '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x","foo":1},"foo":{"b":1},"data":{"a":"x","a":"y"}}',
  '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x","name":"y"},"data":{},"data":{"a":"b"},"z":1,"z":2}',
  '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"x"},"spec":{"replicas":1,"replicas":2,"template":{"spec":{"containers":[{"name":"a","foo":1,"name":"b"},{"image":"c","bar":[{"x":1,"x":2}]}]}}}}',
  '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x","labels":{"a.b/c":"1","a.b/c":"2"}},"spec":{"volumes":[{"name":"v","configMap":{"nam":"x","name":"y"}}],"containers":[{"name":"a","livenessProbe":{"httpGet":{"prt":1}}}]}}',
  '{"apiVersion":"apps/v1","kind":"ControllerRevision","metadata":{"name":"x"},"data":{"a":1,"a":2,"b":{"c":1}},"revision":1}',
  '{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"x"},"spec":{"foo":1,"versions":[{"bar":1,"schema":{"openAPIV3Schema":{"typ":"x","properties":{"a":{"tpe":"y"},"a":{}},"additionalProperties":{"zzz":1},"items":{"yyy":1},"default":{"any":1,"any":2}}}}]}}',
  ' { "apiVersion" : "v1" , "kind" : "ConfigMap", "metadata": { "name" : "x" }, "da\\u0074a" : { "\\"q\\"" : "1", "\\"q\\"":"2" } , "__proto__" : 1, "constructor":{"a":[1,[2,{"b":3}]]} } ',
  '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"x","annotations":null,"ownerReferences":[]},"typ":"a","Data":{"a":"b"},"stringData":{"a":"b"}}',
];

module.exports = { objects, strict };
