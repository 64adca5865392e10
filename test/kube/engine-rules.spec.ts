// Rules of the engine's contract with the API server about writing children that only a real server can prove.
import { setTimeout as pause } from 'node:timers/promises';
import { ANNOTATION, FIELD_MANAGER, type JsonObject, LABEL, LEASE_NAME } from '../../src/modules/common';
import { type KubeObject, type ObjectMeta } from '../../src/modules/kube';
import { AdmissionWebhook } from './support/admission-webhook';
import { ControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';
import { Operator } from './support/operator';
import { conditionOf, CONFIG_MAPS, CRD_MANIFEST, DEPLOYMENTS, katalog, SERVICES, Websites } from './support/websites';

/** Quick resyncs, so that "at rest" means many passes; a value that the server rewrites; a status that it prunes. */
const BASE: readonly (readonly [string, string])[] = [
  ['resync: 30s', 'resync: 1s'],
  [
    '              port: 80\n              volumes:',
    [
      '              port: 80',
      '              labels: { tier: web }',
      '              annotations: { note: "{{ .spec.message }}" }',
      '              resources: { requests: { cpu: 1000m, memory: 0.5Gi } }',
      '              volumes:',
    ].join('\n'),
  ],
  [
    '                index.html: "{{ .spec.message }}"\n',
    '                index.html: "{{ .spec.message }}"\n                extra.txt: more\n',
  ],
  [
    '        status:\n          fields:\n',
    '        status:\n          fields:\n            - { path: not.in.schema, value: pruned }\n',
  ],
];
const KATALOG = katalog(...BASE);

/** Zero, false and empty: what a server leaves out when it answers, or takes for absent. */
const ZEROS: readonly (readonly [string, string])[] = [
  [
    '              volumes:\n',
    [
      '              workingDirectory: ""',
      '              imagePullSecrets: []',
      '              nodeSelector: {}',
      '              env: [{ name: EMPTY, value: "" }, { name: "NO", value: "false" }, { name: ZERO, value: "0" }]',
      '              securityContext:',
      '                allowPrivilegeEscalation: false',
      '                readOnlyRootFilesystem: false',
      '                runAsNonRoot: false',
      '                runAsUser: 0',
      '                runAsGroup: 0',
      '                capabilities: { add: [], drop: [] }',
      '              podSecurity: { runAsNonRoot: false, runAsUser: 0, runAsGroup: 0, fsGroup: 0 }',
      '              probes: { liveness: { type: tcp, port: 80, initialDelaySeconds: 0 } }',
      '              rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }',
      '              volumes:',
      '                - { name: scratch, emptyDir: {} }',
      '                - { name: claim, persistentVolumeClaim: { claimName: none, readOnly: false } }',
      '',
    ].join('\n'),
  ],
  [
    '/usr/share/nginx/html\n',
    '/usr/share/nginx/html\n                  readOnly: false\n                  subPath: ""\n',
  ],
  [
    '                extra.txt: more\n',
    '                extra.txt: ""\n            - { name: "{{ .metadata.name }}-bare", data: {} }\n',
  ],
  [
    '              port: 80\n        status:',
    '              port: 80\n              headless: false\n              selector: {}\n        status:',
  ],
];

let plane: ControlPlane;
let websites: Websites;
let operator: Operator;

beforeAll(async () => {
  plane = await ControlPlane.start({ runsWorkloads: true, manifests: [CRD_MANIFEST] });
  websites = new Websites(plane);
  await websites.install();
  operator = await Operator.start(plane, { katalog: KATALOG });
});

afterAll(async () => {
  await operator?.stop();
  await plane?.stop();
});

async function restart(text = KATALOG): Promise<void> {
  await operator.stop();
  operator = await Operator.start(plane, { katalog: text });
}

interface LiveDeployment {
  readonly metadata: ObjectMeta & { readonly annotations: Readonly<Record<string, string>> };
  readonly spec: {
    readonly replicas: number;
    readonly selector: { readonly matchLabels: JsonObject };
    readonly template: {
      readonly spec: {
        readonly containers: readonly [
          { readonly image: string; readonly resources: { readonly requests?: Readonly<Record<string, string>> } },
        ];
      };
    };
  };
}

async function deployment(name: string): Promise<LiveDeployment> {
  const found = await websites.find(DEPLOYMENTS, name);
  if (found === undefined) throw new Error(`no Deployment ${name}`);
  return found as unknown as LiveDeployment;
}

async function ready(...names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => websites.create(name)));
  for (const name of names) await websites.condition(name, 'True');
}

/** Writes since then, as `patch deployments/web`; who leads is told by an Event of its own. */
function writesSince(mark: number): readonly string[] {
  return plane.audit
    .writes(mark)
    .map(({ verb, objectRef }) => `${verb} ${objectRef?.resource}/${objectRef?.name ?? ''}`)
    .filter((write) => !write.includes(` events/${LEASE_NAME}.`));
}

/** Soon there are several passes of every Website without one write; what fights never comes to that. */
async function expectRest(): Promise<void> {
  await eventually('nothing is written any more', async () => {
    const mark = Date.now();
    const passes = await operator.metric('controller_reconcile_total');
    const enough = passes + (await operator.metric('controller_resource_count')) * 3;
    await eventually('every Website was looked at three times', async () => {
      return (await operator.metric('controller_reconcile_total')) >= enough;
    });
    expect(writesSince(mark)).toEqual([]);
    return true;
  });
}

const ref = (resource: typeof DEPLOYMENTS, name: string) => ({ resource, namespace: 'default', name });

describe('when a child is applied (§2.3)', () => {
  it('values that the server writes in another way are no drift, also after a restart', async () => {
    await ready('plain');
    const { requests } = (await deployment('plain')).spec.template.spec.containers[0].resources;
    expect(requests).toEqual({ cpu: '1', memory: '512Mi' });
    await expectRest();
    const mark = Date.now();
    await restart();
    await expectRest();
    expect(writesSince(mark)).toEqual([]);
  });

  it('zeros, false and empty values that the server drops or fills in are no drift, also after a restart', async () => {
    const zeros = katalog(...BASE, ...ZEROS);
    try {
      await restart(zeros);
      await websites.create('zeros', { replicas: 0 });
      await websites.condition('zeros', 'True');
      expect((await deployment('zeros')).spec.replicas).toBe(0);
      expect(await websites.find(CONFIG_MAPS, 'zeros-bare')).not.toHaveProperty('data');
      await expectRest();
      const mark = Date.now();
      await restart(zeros);
      await expectRest();
      expect(writesSince(mark)).toEqual([]);
    } finally {
      await websites.delete('zeros');
      await restart();
    }
  });

  it('a status field that the schema does not know does not keep it writing (§2.6)', async () => {
    expect((await websites.get('plain'))?.['status']).not.toHaveProperty('not');
    expect(operator.output).not.toContain('reconcile.failed');
  });

  it('a webhook that rewrites what we apply costs one apply for each child after a restart, and no fight', async () => {
    const webhook = await AdmissionWebhook.start(plane, { tier: 'web', 'orkestra-owner': 'mutated' }, (object) => {
      const metadata = object['metadata'] as JsonObject;
      const { note } = metadata['annotations'] as { note?: string };
      return [
        ...(note === undefined || note.startsWith('policy:')
          ? []
          : [{ op: 'replace', path: '/metadata/annotations/note', value: `policy: ${note}` }]),
        { op: 'replace', path: '/spec/template/spec/containers/0/resources/requests/cpu', value: '1500m' },
        { op: 'add', path: '/spec/template/metadata/labels/policy', value: 'yes' },
      ];
    });
    try {
      await ready('mutated');
      const live = await deployment('mutated');
      expect(live.metadata.annotations.note).toBe('policy: <h1>mutated</h1>');
      expect(live.spec.template.spec.containers[0].resources.requests?.cpu).toBe('1500m');
      await expectRest();
      const mark = Date.now();
      await restart();
      await expectRest();
      const writes = writesSince(mark).filter((write) => !write.includes(' events/'));
      expect(writes).toEqual(['patch deployments/mutated']);
      // Drift beside the webhook's values is still seen.
      await plane.kubectl('scale', 'deployment/mutated', '--replicas=4');
      await eventually('the replicas are corrected', async () => (await deployment('mutated')).spec.replicas === 2);
      await expectRest();
    } finally {
      await webhook.stop(plane);
    }
    expect(webhook.calls).toBeGreaterThan(0);
    await websites.delete('mutated');
  });

  it('a managed label that somebody took off is put back', async () => {
    await plane.kubectl('label', 'service/plain', `${LABEL.managed}-`);
    await eventually('the label is back', async () => {
      return (await websites.find(SERVICES, 'plain'))?.metadata.labels?.[LABEL.managed] === 'true';
    });
    await websites.condition('plain', 'True');
    await expectRest();
  });
});

describe('replicas (§2.4)', () => {
  it('that a scaler set are kept, through resyncs, edits of the CR and a restart', async () => {
    await ready('scaled');
    const body = { spec: { replicas: 5 } };
    const scale = { type: 'merge', body, subresource: 'scale', fieldManager: 'kube-controller-manager' } as const;
    await plane.api.patch(ref(DEPLOYMENTS, 'scaled'), scale);
    await eventually('we let go of the field', async () => {
      const { managedFields } = (await deployment('scaled')).metadata;
      const ours = managedFields?.find(
        ({ manager, subresource }) => manager === 'orkestra' && subresource === undefined,
      );
      return JSON.stringify(ours).includes('f:selector') && !JSON.stringify(ours).includes('f:replicas');
    });
    await expectRest();
    await websites.patch('scaled', { spec: { message: 'edited' } });
    await eventually(
      'the edit arrives',
      async () => (await deployment('scaled')).metadata.annotations.note === 'edited',
    );
    await restart();
    await expectRest();
    expect((await deployment('scaled')).spec.replicas).toBe(5);
  });

  it('that a person set with kubectl scale are corrected', async () => {
    await plane.kubectl('scale', 'deployment/scaled', '--replicas=3');
    await eventually('the replicas are corrected', async () => (await deployment('scaled')).spec.replicas === 2);
    await websites.condition('scaled', 'True');
    await expectRest();
  });
});

describe('a name that is taken', () => {
  it('by a foreign object is refused and told; nothing is overwritten; it recovers when the object goes', async () => {
    await plane.kubectl('create', 'deployment', 'taken', '--image=foreign:1');
    const before = await deployment('taken');
    await websites.create('taken');
    const { message } = await websites.condition('taken', 'False', 'ReconcileError');
    expect(message).toMatch(/^katalog\.yaml:\d+:\d+: deployments\[0\]: .*deployments default\/taken exists already/);
    expect(message).toContain('nobody that Orkestra knows');
    await ready('bystander');
    await expectNoWrites(() => pause(2_500), 'taken');
    const after = await deployment('taken');
    expect(after.metadata.uid).toBe(before.metadata.uid);
    expect(after.spec).toEqual(before.spec);
    const warnings = (await websites.events('taken')).filter(({ type }) => type === 'Warning');
    expect(warnings).toHaveLength(1);
    await plane.kubectl('delete', 'deployment', 'taken');
    await websites.condition('taken', 'True');
    expect((await deployment('taken')).metadata.ownerReferences).toMatchObject([{ kind: 'Website', name: 'taken' }]);
  });

  it.each([
    ['Service', SERVICES, 'rival', 'services[0]'],
    ['ConfigMap', CONFIG_MAPS, 'rival-content', 'configMaps[0]'],
  ] as const)('by the %s of another CR is refused, naming that CR', async (_kind, resource, child, entry) => {
    // Made as the child of "plain" would be made by a Katalog with another name template.
    const owner = await websites.get('plain');
    const { apiVersion, kind, metadata } = owner as KubeObject;
    const ownerReferences = [{ apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true }];
    await plane.api.create(resource, 'default', {
      apiVersion: 'v1',
      kind: resource.kind,
      metadata: { name: child, ownerReferences },
      ...(resource === SERVICES ? { spec: { ports: [{ port: 1 }] } } : { data: { mine: 'yes' } }),
    });
    await websites.create('rival');
    const condition = await websites.condition('rival', 'False', 'ReconcileError');
    expect(condition['message']).toContain(`${entry}: `);
    expect(condition['message']).toContain('belongs to Website plain');
    expect((await websites.find(resource, child))?.metadata.ownerReferences).toMatchObject([{ name: 'plain' }]);
    await plane.kubectl('delete', resource.plural, child);
    await websites.condition('rival', 'True');
    await websites.delete('rival');
    await eventually('its children are gone', async () => (await websites.find(resource, child)) === undefined);
  });
});

/** None to objects of this name, status and Events apart. */
async function expectNoWrites(during: () => Promise<unknown>, name: string): Promise<void> {
  const mark = Date.now();
  await during();
  const accepted = plane.audit
    .writes(mark)
    .filter(({ objectRef, responseStatus }) => objectRef?.name === name && (responseStatus?.code ?? 0) < 300);
  expect(accepted.map(({ requestURI }) => requestURI)).toEqual([]);
}

it('a CR with the paused annotation is left alone until the annotation goes', async () => {
  await websites.patch('plain', { metadata: { annotations: { [ANNOTATION.paused]: 'true' } } });
  await eventually('it says so', async () => conditionOf(await websites.get('plain'), 'Paused')?.['status'] === 'True');
  await plane.kubectl('scale', 'deployment/plain', '--replicas=4');
  await plane.kubectl('delete', 'service', 'plain');
  await expectRest();
  expect((await deployment('plain')).spec.replicas).toBe(4);
  expect(await websites.find(SERVICES, 'plain')).toBeUndefined();
  await websites.patch('plain', { metadata: { annotations: { [ANNOTATION.paused]: null } } });
  await eventually('the drift is corrected', async () => (await deployment('plain')).spec.replicas === 2);
  await eventually('the Service is back', () => websites.find(SERVICES, 'plain'));
  await websites.condition('plain', 'True');
  expect(conditionOf(await websites.get('plain'), 'Paused')).toBeUndefined();
});

it('fields that left the Katalog leave the objects (§2.1)', async () => {
  const less = katalog(
    ...BASE,
    [/ {14}annotations: .*\n/, ''],
    [/ {14}resources: .*\n/, ''],
    [/ {16}extra\.txt: more\n/, ''],
  );
  await restart(less);
  await eventually('they are gone', async () => {
    const { metadata, spec } = await deployment('plain');
    const content = await websites.find(CONFIG_MAPS, 'plain-content');
    const { requests } = spec.template.spec.containers[0].resources;
    const isLeft = [metadata.annotations.note, requests, (content?.['data'] as JsonObject)['extra.txt']];
    return isLeft.every((value) => value === undefined);
  });
  await websites.condition('plain', 'True');
  await expectRest();
  await restart();
});

it('fields of the classic manager become ours, once, and leave with the Katalog', async () => {
  await operator.stop();
  const { metadata, apiVersion, kind } = await websites.create('classic');
  const labels = { [LABEL.managed]: 'true', [LABEL.ownerUid]: metadata.uid ?? '' };
  const pods = { app: 'classic' };
  const old = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'classic',
      namespace: 'default',
      labels,
      annotations: { legacy: 'left over' },
      ownerReferences: [{ apiVersion, kind, name: 'classic', uid: metadata.uid, controller: true }],
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: pods },
      template: { metadata: { labels: pods }, spec: { containers: [{ name: 'classic', image: 'nginx:1.0' }] } },
    },
  } as const;
  const apply = { fieldManager: FIELD_MANAGER.classic, force: true };
  await plane.api.apply(ref(DEPLOYMENTS, 'classic'), old, apply);
  const mark = Date.now();
  operator = await Operator.start(plane, { katalog: KATALOG });
  await websites.condition('classic', 'True');
  const { metadata: after, spec } = await deployment('classic');
  const managers = after.managedFields?.map(({ manager }) => manager);
  expect(managers).toContain('orkestra');
  expect(managers).not.toContain(FIELD_MANAGER.classic);
  expect(after.annotations).not.toHaveProperty('legacy');
  // Selectors are immutable: the old one stays, and the pods keep its labels.
  expect(spec.selector.matchLabels).toEqual(pods);
  expect(spec.template.spec.containers[0].image).toBe('nginx:1.27');
  await expectRest();
  expect(writesSince(mark).filter((write) => write === 'patch deployments/classic')).toHaveLength(2);
});
