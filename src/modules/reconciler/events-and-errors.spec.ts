// Engine contract §2 (budget), §2.7-2.9; errors name their place; one CR doesn't harm another.
import { BOX, compileBox, EngineHarness, fails, noAnswer, refusal } from './testing';

let engine: EngineHarness;

function start(box: string, crd?: string): void {
  engine = new EngineHarness(compileBox(box, crd));
  engine.cr();
}

describe('the budget of a website', () => {
  it('is three applies, one status and one Event until the children exist', async () => {
    start(BOX.website);
    await engine.pass();
    expect(engine.api.take()).toEqual([
      'apply configmaps default/a-content',
      'apply deployments default/a',
      'apply services default/a',
      'patch websites default/a/status',
    ]);
    expect(engine.events).toMatchObject([{ type: 'Normal', reason: 'WebsiteReconciled' }]);
  });

  it('is one status write, and no Event, for each status of the children that shows', async () => {
    start(BOX.website);
    await engine.settle();
    for (const updatedReplicas of [1, 2]) {
      engine.editChild('deployments', 'default/a', { status: { updatedReplicas, observedGeneration: 1 } });
      await engine.pass();
      expect(engine.api.take()).toEqual(['patch websites default/a/status']);
    }
    expect(engine.events).toEqual([]);
  });
});

describe('Events', () => {
  it('tell a failure on each pass (the recorder aggregates), a live line only once, and the recovery', async () => {
    start(BOX.configMap);
    await engine.settle();
    engine.edit({ spec: { message: 'new' } });
    for (let pass = 0; pass < 2; pass++) {
      engine.api.once('apply', 'configmaps', fails(refusal(422, 'Invalid')));
      await engine.pass();
    }
    expect(engine.events.map(({ reason }) => reason)).toEqual(['WebsiteReconcileError', 'WebsiteReconcileError']);
    expect(engine.activities.filter(({ action }) => action === 'failed')).toHaveLength(1);
    await engine.pass();
    expect(engine.events.at(-1)).toMatchObject({ type: 'Normal', reason: 'WebsiteReconciled' });
  });

  it('tell the recovery also when the failure was before a restart and nothing is left to write', async () => {
    start(BOX.configMap);
    await engine.settle();
    engine.edit({
      status: { conditions: [{ type: 'Ready', status: 'False', reason: 'ReconcileError', message: 'x' }] },
    });
    engine.restart();
    await engine.pass();
    expect(engine.events).toMatchObject([{ reason: 'WebsiteReconciled' }]);
  });

  it('say nothing about waiting', async () => {
    start(BOX.configMap.replace('data: { index.html: "{{ .spec.message }}" }', 'fromConfigMap: base'));
    expect(await engine.pass()).toMatchObject({ type: 'requeueAfter', ms: 2_000 });
    expect(engine.condition('Ready')).toMatchObject({ reason: 'WaitingForSource' });
    expect(engine.condition('Ready')?.['message']).toContain(
      'ConfigMap default/base, which is to be copied, does not exist',
    );
    expect(engine.events).toEqual([]);
  });
});

describe('labels of the CR', () => {
  const LABELS = '      labels: { tier: "{{ .spec.image }}", team: web }\n';

  it('are written with what else its metadata needs in one patch, guarded by the version, before any child', async () => {
    start(BOX.configMap.replace('data:', 'namespace: other\n              data:'), LABELS);
    await engine.pass();
    expect(engine.api.calls[0]).toMatchObject({
      verb: 'patch',
      what: 'websites default/a',
      body: {
        metadata: {
          resourceVersion: '10',
          labels: { tier: 'nginx:1', team: 'web' },
          finalizers: ['orkestra.orkspace.io/cleanup'],
        },
      },
    });
    expect(engine.api.take()).toHaveLength(3);
    await engine.pass();
    expect(engine.api.take()).toEqual([]);
  });

  it('that a webhook takes off again are told, not written for ever', async () => {
    start(BOX.configMap, LABELS);
    engine.api.once('patch', 'websites', () => engine.currentCr);
    expect(await engine.pass()).toMatchObject({
      type: 'failed',
      error: { code: 'METADATA_NOT_KEPT', kind: 'Conflict' },
    });
    expect(engine.api.take()).toEqual(['patch websites default/a', 'patch websites default/a/status']);
  });

  it('that cannot be rendered are a failure with file, line and column in status and Event', async () => {
    start(BOX.configMap, '      labels: { tier: "{{ index .spec.image 3 4 }}" }\n');
    await engine.pass();
    expect(engine.condition('Ready')?.['message']).toMatch(/^katalog\.yaml:9:\d+: labels: template: /);
    expect(engine.events).toMatchObject([{ reason: 'WebsiteReconcileError' }]);
    expect(engine.childNames).toEqual([]);
  });
});

describe('an error of an entry', () => {
  it('names file, line, column and entry, and leaves the cluster as it is', async () => {
    start(BOX.website.replace('"{{ .spec.replicas }}"\n              port', '"{{ .spec.image }}"\n              port'));
    const outcome = await engine.pass();
    expect(outcome).toMatchObject({ type: 'failed', error: { kind: 'UserError', position: { line: 17 } } });
    const message = engine.condition('Ready')?.['message'];
    expect(message).toMatch(/^katalog\.yaml:17:\d+: deployments\[0\]: /);
    expect(engine.condition('Stalled')).toMatchObject({ status: 'True' });
    expect(engine.childNames).toEqual([]);
  });

  it('names the place inside of a block of text, in one line; the screen shows the line of the template too', async () => {
    start(`        onReconcile:
          configMaps:
            - name: "{{ .metadata.name }}-content"
              data:
                index.html: |
                  <h1>{{ .spec.message }}</h1>
                  {{ .spec.imgae.tag }}
`);
    await engine.pass();
    const message =
      'katalog.yaml:16:27: configMaps[0]: template: nil pointer evaluating interface {}.tag: .spec.imgae is missing (did you mean "image"?)';
    expect(engine.condition('Ready')?.['message']).toBe(message);
    expect(engine.events).toMatchObject([{ type: 'Warning', message }]);
    const [failed] = engine.activities.filter(({ action }) => action === 'failed');
    expect(failed?.what).toBe(message);
    expect(failed?.excerpt).toBe('\n    {{ .spec.imgae.tag }}\n            ^');
  });

  it('is one line of bounded length, whatever text of the data it repeats', async () => {
    start(BOX.configMap.replace('{{ .spec.message }}', '{{ range .spec.message }}{{ end }}'));
    engine.edit({ spec: { message: 'many lines\n'.repeat(500) } });
    await engine.pass();
    const message = String(engine.condition('Ready')?.['message']);
    expect(message).toContain("range can't iterate over many lines many lines");
    expect(message).not.toContain('\n');
    expect(message.length).toBeLessThan(600);
  });

  it('is gone with its cause: the fixed CR recovers in the next pass', async () => {
    start(BOX.website);
    engine.edit({ spec: { replicas: 'many' } });
    await engine.pass();
    expect(engine.childNames).toEqual([]);
    engine.edit({ spec: { replicas: 1 } });
    expect(await engine.pass()).toMatchObject({ type: 'done' });
    expect(engine.condition('Stalled')).toBeUndefined();
    expect(engine.childNames).toHaveLength(3);
  });

  it('does not keep other children from being written when only the server refuses it', async () => {
    start(BOX.website);
    engine.api.once('apply', 'deployments', fails(refusal(422, 'Invalid')));
    await engine.pass();
    expect(engine.childNames).toEqual(['configmaps default/a-content', 'services default/a']);
    expect(engine.condition('Ready')?.['message']).toMatch(
      /^katalog\.yaml:\d+:\d+: deployments\[0\]: test: scripted Invalid/,
    );
  });

  it('stops the pass when the API server is not there', async () => {
    start(BOX.website);
    engine.api.once('apply', 'configmaps', fails(noAnswer()));
    expect(await engine.pass()).toMatchObject({ type: 'failed', error: { kind: 'Transient' } });
    expect(engine.childNames).toEqual([]);
  });

  it('of one CR does not touch another', async () => {
    start(BOX.website);
    engine.edit({ spec: { replicas: 'many' } });
    engine.cr({ metadata: { name: 'b', uid: 'uid-b' } });
    engine.cr({ spec: { replicas: 'many' } });
    expect(await engine.pass('default/a')).toMatchObject({ type: 'failed' });
    expect(await engine.pass('default/b')).toMatchObject({ type: 'done' });
    expect(engine.childNames).toEqual(['configmaps default/b-content', 'deployments default/b', 'services default/b']);
  });

  it('is a Bug when something throws that nobody expected, and the pass still does not reject', async () => {
    start(BOX.configMap);
    engine.api.once('apply', 'configmaps', fails(new TypeError('boom')));
    expect(await engine.pass()).toMatchObject({ type: 'failed', error: { kind: 'Bug' } });
  });
});

describe('a process without the lease', () => {
  it('sends nothing and says nothing', async () => {
    start(BOX.website);
    engine.isLeader = false;
    expect(await engine.pass()).toMatchObject({ type: 'failed', error: { code: 'FENCED' } });
    expect(engine.api.take()).toEqual([]);
    expect(engine.events).toEqual([]);
  });

  it('sends no status and no Event when only status was left', async () => {
    start(BOX.website);
    await engine.settle();
    engine.isLeader = false;
    engine.editChild('deployments', 'default/a', { status: { updatedReplicas: 1 } });
    expect(await engine.pass()).toMatchObject({ type: 'failed', error: { code: 'FENCED' } });
    expect([...engine.api.take(), ...engine.events]).toEqual([]);
  });
});

it('has nothing to do for a CR that is gone', async () => {
  start(BOX.website);
  expect(await engine.pass('default/none')).toEqual({ type: 'done', wrote: false });
});
