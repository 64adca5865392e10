// `operator: unique` in a pass: the other CRs of the cache.
import { compileBox, EngineHarness } from './testing';

const BOX = `        onReconcile:
          configMaps:
            - name: "{{ .metadata.name }}-content"
              data: { host: "{{ .spec.host }}" }
              when: [{ field: spec.host, operator: unique }]
        status:
          fields:
            - { path: taken, value: "no" }
            - { path: taken, value: "yes", when: [{ field: spec.host, operator: unique, negate: true }] }
`;
const CONTENT = 'configmaps default/a-content';

function engineOf(): EngineHarness {
  const engine = new EngineHarness(compileBox(BOX));
  engine.cr({ spec: { host: 'a' } });
  return engine;
}

const other = (host: string, namespace = 'default'): object => ({
  metadata: { name: 'other', namespace, uid: `uid-${namespace}-other` },
  spec: { host },
});

describe('a unique value', () => {
  it('is looked for among the other CRs, not in the one itself', async () => {
    const engine = engineOf();
    await engine.settle();
    expect(engine.childNames).toEqual([CONTENT]);
    expect(engine.currentCr['status']).toMatchObject({ taken: 'no' });
  });

  it.each(['default', 'shop'])('is taken by a CR of the namespace %s', async (namespace) => {
    const engine = engineOf();
    await engine.settle();
    engine.cr({ ...other('a', namespace) });
    await engine.settle();
    expect(engine.childNames).toEqual([]);
    expect(engine.currentCr['status']).toMatchObject({ taken: 'yes' });
    engine.cr({ ...other('b', namespace) });
    await engine.settle();
    expect(engine.childNames).toEqual([CONTENT]);
    expect(engine.currentCr['status']).toMatchObject({ taken: 'no' });
  });

  it('costs no request of its own', async () => {
    const engine = engineOf();
    engine.cr({ ...other('b') });
    await engine.settle();
    expect(await engine.pass()).toEqual({ type: 'done', wrote: false });
    expect(engine.api.take()).toEqual([]);
  });

  it('is named once for the cache, however many conditions ask for it', () => {
    expect(compileBox(BOX).uniqueFields).toEqual([['spec', 'host']]);
  });
});
