// Names of other objects: what no object can be called is told at load.
import { compile, katalogWith } from '../testing/katalog-source';

const POD = 'name: a, image: nginx';
const entry = (list: string, item: string): string => katalogWith(`onReconcile:\n  ${list}:\n    - ${item}`);

/** `NAME` stands for the name. */
const PLACES = [
  entry('deployments', `{ ${POD}, imagePullSecrets: [NAME] }`),
  entry('deployments', `{ ${POD}, serviceAccountName: NAME }`),
  entry('deployments', `{ ${POD}, env: [{ name: A, valueFrom: { secretKeyRef: { name: NAME, key: k } } }] }`),
  entry('deployments', `{ ${POD}, env: [{ name: A, valueFrom: { configMapKeyRef: { name: NAME, key: k } } }] }`),
  entry('deployments', `{ ${POD}, envFrom: { secretRef: [{ name: NAME }] } }`),
  entry(
    'deployments',
    `{ ${POD}, volumes: [{ name: v, secret: { name: NAME } }], volumeMounts: [{ name: v, mountPath: /x }] }`,
  ),
  entry(
    'deployments',
    `{ ${POD}, volumes: [{ name: v, configMap: { name: NAME } }], volumeMounts: [{ name: v, mountPath: /x }] }`,
  ),
  entry('persistentVolumeClaims', '{ name: a, storage: 1Gi, storageClassName: NAME }'),
  entry('persistentVolumeClaims', '{ name: a, storage: 1Gi, volumeName: NAME }'),
  entry('ingresses', '{ name: a, rules: [], host: h.example, serviceName: NAME, servicePort: 80 }').replace(
    ' rules: [],',
    '',
  ),
  entry('ingresses', '{ name: a, host: h.example, serviceName: x, servicePort: 80, tls: { secretName: NAME } }'),
];

it.each(PLACES)('%s', (text) => {
  const found = (name: string): readonly string[] => {
    const { errors, warnings } = compile(text.replace('NAME', name));
    return [...errors, ...warnings];
  };
  expect(found('db-login')).toEqual([]);
  expect(found('"{{ .metadata.name }}"')).toEqual([]);
  expect(found('"{{ .metadata.name }}-x"')).toEqual([]);
  expect(found('Bad_Name')).toEqual([expect.stringContaining('found "Bad_Name"')]);
  expect(found('\'{{ "Bad_Name" }}\'')).toEqual([expect.stringContaining('found "Bad_Name"')]);
});
