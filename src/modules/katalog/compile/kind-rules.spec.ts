// What the kinds say about values that exclude each other, and what they do with an object that exists.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../../common';
import {
  build,
  compile,
  EVALUATION,
  indent,
  katalogWith,
  onlyCrd,
  WEBSITE,
  websiteCrd,
} from '../testing/katalog-source';

function katalog(listKey: string, yaml: string): ReturnType<typeof compile> {
  return compile(katalogWith(`onReconcile:\n  ${listKey}:\n    -\n${indent(yaml, 6)}`));
}

describe('the certificate of an Ingress', () => {
  const ingress = (tls: string): string => `name: a\nserviceName: web\nservicePort: 80\ntls: { ${tls} }`;

  it('is not made by this version: a run refuses it by name', () => {
    const { katalog: compiled } = katalog('ingresses', ingress('create: true'));
    expect(compiled?.unrunnable.map(({ message }) => message)).toEqual([
      '"create" can\'t run with this version yet: certificates that Orkestra makes',
    ]);
  });

  it.each(['create: false', 'secretName: www'])('is not asked for by %s', (tls) => {
    expect(katalog('ingresses', ingress(tls)).katalog?.unrunnable).toEqual([]);
  });
});

describe('an entry is refused', () => {
  it.each([
    ['resourceQuotas', 'name: a\nprofile: small\nhard: { pods: 1 }', '"profile" excludes hard'],
    ['resourceQuotas', 'name: a\nfromResourceQuota: b\nprofile: small', '"fromResourceQuota" excludes profile'],
    ['resourceQuotas', 'hard: { pods: 1 }', 'missing required field "name"'],
    ['limitRanges', 'name: a\nlimits: [{ type: Pod, default: { cpu: 1 } }]', '"default" is for containers'],
    ['limitRanges', 'name: a\nlimits: []\nfromLimitRange: b', '"fromLimitRange" excludes limits'],
    ['networkPolicies', 'name: a\nprofile: deny-all\ningress: []', '"profile" excludes ingress'],
    ['networkPolicies', 'name: a\nfromNetworkPolicy: b\negress: []', '"fromNetworkPolicy" excludes egress'],
    [
      'networkPolicies',
      'name: a\ningress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 }, podSelector: {} }] }]',
      'either an ipBlock or pods and namespaces',
    ],
    ['persistentVolumes', 'name: a\ncapacity: 1Gi', 'a volume needs either "hostPath" or "csiDriver"'],
    ['persistentVolumes', 'name: a\ncapacity: 1Gi\ncsiDriver: c', '"csiDriver" and "csiVolumeHandle" belong together'],
    ['secrets', 'name: a', 'a secret needs "data" or "fromSecret"'],
    [
      'secrets',
      'name: a\ndata: { a: "{{ randomAlphanumeric 9 }}" }',
      'random notes are allowed only in "once" entries',
    ],
    ['namespaces', 'name: a\nnamespace: b', 'unknown field "namespace"'],
    ['roleBindings', 'name: a', 'missing required field "roleRef"'],
  ])('%s: %j', (listKey, yaml, says) => {
    expect(katalog(listKey, yaml).errors).toEqual([expect.stringContaining(says)]);
  });
});

it('a resource name that renders to nothing never becomes a rule for all objects', () => {
  const rule = '{ apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: ["{{ .spec.gone }}"] }';
  const [entry] = onlyCrd(katalog('roles', `name: a\nrules: [${rule}]`)).onReconcile.entries;
  expect(() => entry && build(entry)).toThrow('an item of resourceNames is empty');
});

describe('a claim that exists', () => {
  const [entry] = onlyCrd(katalog('persistentVolumeClaims', 'name: a\nstorage: 2Gi\nstorageClassName: fast'))
    .onReconcile.entries;

  function specOver(live: JsonObject): unknown {
    const object = entry?.build({
      data: WEBSITE,
      evaluation: EVALUATION,
      name: 'a',
      namespace: 'apps',
      ownerName: 'shop',
      systemLabels: {},
      live: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'a' }, spec: live },
      copySource: undefined,
    });
    return isJsonObject(object) && object['spec'];
  }

  it.each([
    ['grows', '1Gi', '2Gi'],
    ['never shrinks', '4Gi', '4Gi'],
    ['stays as it is written', '2048Mi', '2Gi'],
  ])('%s', (_name, had, has) => {
    const live = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: had } } };
    expect(specOver(live)).toMatchObject({ resources: { requests: { storage: has } } });
  });

  it('keeps what the server takes no change of', () => {
    const live = { accessModes: ['ReadWriteMany'], storageClassName: 'slow' };
    expect(specOver(live)).toMatchObject({ accessModes: ['ReadWriteMany'], storageClassName: 'slow' });
  });
});

it('the Katalog of the guide compiles', () => {
  const page = readFileSync(join(__dirname, '../../../../docs/guide/kinds-around.md'), 'utf8');
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const crd = websiteCrd('openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true }');
  const { errors, warnings } = compile({ 'katalog.yaml': text, 'crd.yaml': crd });
  expect([...errors, ...warnings]).toEqual([]);
});
