// Rules of the engine's contract with the API server about writing children.
import { setTimeout as pause } from 'node:timers/promises';
import { ANNOTATION, FIELD_MANAGER, type JsonObject, LABEL } from '../../../src/modules/common';
import { type KubeObject } from '../../../src/modules/kube';
import { type Plane, type StartPlane } from '../support/plane';
import { eventually } from '../support/eventually';
import { type People } from '../support/people';
import { Stage } from '../support/stage';
import {
  conditionOf,
  CONFIG_MAPS,
  CRD_MANIFEST,
  DEPLOYMENTS,
  katalog,
  SERVICES,
  type Websites,
  WEBSITES,
} from '../support/websites';

/** Quick resyncs, so that "at rest" means many passes; a value that the server rewrites; a status that it prunes. */
const BASE: readonly (readonly [string, string])[] = [
  ['resync: 30s', 'resync: 300ms'],
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

let stage: Stage;
let plane: Plane;
let websites: Websites;
let people: People;

const ref = (resource: typeof DEPLOYMENTS, name: string) => ({ resource, namespace: 'default', name });

/** `more` adds what only one of the servers has. */
export function engineRuleCases(begin: StartPlane, more: (stage: () => Stage) => void = () => undefined): void {
  beforeAll(async () => {
    plane = await begin({ runsWorkloads: true, manifests: [CRD_MANIFEST] });
    stage = new Stage(plane, KATALOG);
    ({ websites, people } = stage);
    await websites.install();
    await stage.start();
    await stage.ready('plain');
  });

  afterAll(async () => {
    await stage?.stop();
    await plane?.stop();
  });

  describe('when a child is applied (§2.3)', () => {
    it('values that the server writes in another way are no drift, also after a restart', async () => {
      const { requests } = (await stage.deployment('plain')).spec.template.spec.containers[0].resources;
      expect(requests).toEqual({ cpu: '1', memory: '512Mi' });
      await stage.expectRest();
      const mark = Date.now();
      await stage.restart();
      await stage.expectRest();
      expect(stage.writesSince(mark)).toEqual([]);
    });

    it('zeros, false and empty values that the server drops or fills in are no drift, also after a restart', async () => {
      const zeros = katalog(...BASE, ...ZEROS);
      try {
        await stage.restart(zeros);
        await websites.create('zeros', { replicas: 0 });
        await websites.condition('zeros', 'True');
        expect((await stage.deployment('zeros')).spec.replicas).toBe(0);
        expect(await websites.find(CONFIG_MAPS, 'zeros-bare')).not.toHaveProperty('data');
        await stage.expectRest();
        const mark = Date.now();
        await stage.restart(zeros);
        await stage.expectRest();
        expect(stage.writesSince(mark)).toEqual([]);
      } finally {
        await people.remove(WEBSITES, 'zeros');
        await stage.restart();
      }
    });

    it('a status field that the schema does not know does not keep it writing (§2.6)', async () => {
      expect((await websites.get('plain'))?.['status']).not.toHaveProperty('not');
      expect(stage.operator.output).not.toContain('reconcile.failed');
    });

    it('a managed label that somebody took off is put back', async () => {
      await people.mark(SERVICES, 'plain', { labels: { [LABEL.managed]: null } });
      await eventually('the label is back', async () => {
        return (await websites.find(SERVICES, 'plain'))?.metadata.labels?.[LABEL.managed] === 'true';
      });
      await websites.condition('plain', 'True');
      await stage.expectRest();
    });
  });

  more(() => stage);

  describe('replicas (§2.4)', () => {
    beforeAll(() => stage.ready('scaled'));

    it('that a scaler set are kept, through resyncs, edits of the CR and a restart', async () => {
      const body = { spec: { replicas: 5 } };
      const scale = { type: 'merge', body, subresource: 'scale', fieldManager: 'kube-controller-manager' } as const;
      await plane.api.patch(ref(DEPLOYMENTS, 'scaled'), scale);
      await eventually('we let go of the field', async () => {
        const { managedFields } = (await stage.deployment('scaled')).metadata;
        const ours = managedFields?.find(
          ({ manager, subresource }) => manager === 'orkestra' && subresource === undefined,
        );
        return JSON.stringify(ours).includes('f:selector') && !JSON.stringify(ours).includes('f:replicas');
      });
      await stage.expectRest();
      await websites.patch('scaled', { spec: { message: 'edited' } });
      await eventually(
        'the edit arrives',
        async () => (await stage.deployment('scaled')).metadata.annotations.note === 'edited',
      );
      await stage.restart();
      await stage.expectRest();
      expect((await stage.deployment('scaled')).spec.replicas).toBe(5);
    });

    it('that a person set with kubectl scale are corrected', async () => {
      await people.scale('scaled', 3);
      await eventually(
        'the replicas are corrected',
        async () => (await stage.deployment('scaled')).spec.replicas === 2,
      );
      await websites.condition('scaled', 'True');
      await stage.expectRest();
    });
  });

  describe('a name that is taken', () => {
    it('by a foreign object is refused and told; nothing is overwritten; it recovers when the object goes', async () => {
      await people.createDeployment('taken', 'foreign:1');
      const before = await stage.deployment('taken');
      await websites.create('taken');
      const { message } = await websites.condition('taken', 'False', 'ReconcileError');
      expect(message).toMatch(/^katalog\.yaml:\d+:\d+: deployments\[0\]: .*deployments default\/taken exists already/);
      expect(message).toContain('nobody that Orkestra knows');
      await stage.ready('bystander');
      await stage.expectNoWrites(() => pause(2_500), 'taken');
      const after = await stage.deployment('taken');
      expect(after.metadata.uid).toBe(before.metadata.uid);
      expect(after.spec).toEqual(before.spec);
      const warnings = (await websites.events('taken')).filter(({ type }) => type === 'Warning');
      expect(warnings).toHaveLength(1);
      await people.remove(DEPLOYMENTS, 'taken');
      await websites.condition('taken', 'True');
      expect((await stage.deployment('taken')).metadata.ownerReferences).toMatchObject([
        { kind: 'Website', name: 'taken' },
      ]);
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
      try {
        await websites.create('rival');
        const condition = await websites.condition('rival', 'False', 'ReconcileError');
        expect(condition['message']).toContain(`${entry}: `);
        expect(condition['message']).toContain('belongs to Website plain');
        expect((await websites.find(resource, child))?.metadata.ownerReferences).toMatchObject([{ name: 'plain' }]);
        await people.remove(resource, child);
        await websites.condition('rival', 'True');
      } finally {
        await people.remove(WEBSITES, 'rival');
        await people.remove(resource, child);
      }
    });
  });

  it('a CR with the paused annotation is left alone until the annotation goes', async () => {
    try {
      await websites.patch('plain', { metadata: { annotations: { [ANNOTATION.paused]: 'true' } } });
      await eventually(
        'it says so',
        async () => conditionOf(await websites.get('plain'), 'Paused')?.['status'] === 'True',
      );
      await people.scale('plain', 4);
      await people.remove(SERVICES, 'plain');
      await stage.expectRest();
      expect((await stage.deployment('plain')).spec.replicas).toBe(4);
      expect(await websites.find(SERVICES, 'plain')).toBeUndefined();
    } finally {
      await websites.patch('plain', { metadata: { annotations: { [ANNOTATION.paused]: null } } });
    }
    await eventually('the drift is corrected', async () => (await stage.deployment('plain')).spec.replicas === 2);
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
    try {
      await stage.restart(less);
      await eventually('they are gone', async () => {
        const { metadata, spec } = await stage.deployment('plain');
        const content = await websites.find(CONFIG_MAPS, 'plain-content');
        const { requests } = spec.template.spec.containers[0].resources;
        const isLeft = [metadata.annotations.note, requests, (content?.['data'] as JsonObject)['extra.txt']];
        return isLeft.every((value) => value === undefined);
      });
      await websites.condition('plain', 'True');
      await stage.expectRest();
    } finally {
      await stage.restart();
    }
  });

  it('fields of the classic manager become ours, once, and leave with the Katalog', async () => {
    await stage.operator.stop();
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
    await stage.start();
    await websites.condition('classic', 'True');
    const { metadata: after, spec } = await stage.deployment('classic');
    const managers = after.managedFields?.map(({ manager }) => manager);
    expect(managers).toContain('orkestra');
    expect(managers).not.toContain(FIELD_MANAGER.classic);
    expect(after.annotations).not.toHaveProperty('legacy');
    // Selectors are immutable: the old one stays, and the pods keep its labels.
    expect(spec.selector.matchLabels).toEqual(pods);
    expect(spec.template.spec.containers[0].image).toBe('nginx:1.27');
    await stage.expectRest();
    expect(stage.writesSince(mark).filter((write) => write === 'patch deployments/classic')).toHaveLength(2);
  });
}
