import { explainKatalog } from './index';

const names = (path: string): readonly string[] => explainKatalog(path).fields.map(({ name }) => name);

describe('explainKatalog', () => {
  it('tells of the file when the path is empty', () => {
    const { path, type, fields } = explainKatalog('');
    expect({ path, type }).toEqual({ path: '', type: 'Katalog' });
    expect(fields).toContainEqual(expect.objectContaining({ name: 'spec', required: true, doc: 'The CRDs.' }));
  });

  it.each([
    'spec.crds.operatorBox.status.fields.path',
    'spec.crds.website.operatorBox.status.fields.path',
    'spec.crds.<name>.operatorBox.status.fields[].path',
  ])('leads to one place however it is written: %s', (path) => {
    expect(explainKatalog(path)).toMatchObject({
      path: 'spec.crds.<name>.operatorBox.status.fields.path',
      type: 'string without template',
      doc: 'Dotted path in status.',
      fields: [],
    });
  });

  it('goes through a name that no field has, and lists what is below', () => {
    expect(names('spec.crds')).toEqual(names('spec.crds.shop'));
    expect(names('spec.crds')).toContain('operatorBox');
  });

  it('knows the fields of a form among several', () => {
    expect(explainKatalog('spec.crds.dependsOn.shop')).toMatchObject({ path: 'spec.crds.<name>.dependsOn.<name>' });
    expect(names('notes.functions')).toEqual(['name', 'expression', 'description']);
  });

  it.each([
    ['spec.crds.workers', 'workers', 'operatorBox.reconciler.workers', 'operatorBox.reconciler.workers'],
    [
      'spec.crds.shop.queue.maxQueueDepth',
      'queue',
      'operatorBox.reconciler.queue',
      'operatorBox.reconciler.queue.maxDepth',
    ],
    [
      'spec.crds.operatorBox.reconcile.onCreate.services',
      'reconcile.onCreate',
      'onCreate',
      'operatorBox.onCreate.services',
    ],
    ['spec.crds.operatorBox.onReconcile.deployments.anyOf', 'anyOf', 'or', 'operatorBox.onReconcile.deployments.or'],
    ['spec.crds.operatorBox.imports', 'operatorBox.imports', 'imports', 'imports'],
  ])('leads from the deprecated spelling %s to what is written now', (path, old, canonical, place) => {
    expect(explainKatalog(path)).toMatchObject({ path: `spec.crds.<name>.${place}`, deprecated: { old, canonical } });
  });

  it('tells how older files write a field', () => {
    const { deprecated, formerly } = explainKatalog('spec.crds.operatorBox.reconciler.workers');
    expect(deprecated).toBeUndefined();
    expect(formerly).toEqual([{ place: 'a CRD entry', old: 'workers' }]);
    expect(explainKatalog('motif.resources.deployments.or').formerly).toEqual([
      { place: 'whatever has conditions', old: 'anyOf' },
    ]);
    expect(explainKatalog('spec.crds').formerly).toEqual([]);
  });

  it('tells what this version refuses', () => {
    const { unsupported } = explainKatalog('spec.crds.operatorBox.onReconcile');
    expect(unsupported).toContainEqual({ name: 'git', reason: 'git hooks' });
  });

  it('tells what does nothing in its place', () => {
    const { ineffective, fields } = explainKatalog('spec.crds.operatorBox.onReconcile');
    expect(ineffective).toEqual([{ name: 'name', reason: 'only the groups of onDelete have names' }]);
    expect(fields.map(({ name }) => name)).not.toContain('name');
    expect(explainKatalog('spec.crds.operatorBox.onReconcile.name').doc).toBe(
      'Has no effect here: only the groups of onDelete have names.',
    );
  });

  it.each([
    ['spec.crds.operatorBox.statu', 'spec.crds.<name>.operatorBox has no field "statu" (did you mean "status"?)'],
    ['kindd', 'the file has no field "kindd" (did you mean "kind"?)'],
    ['metadata.name.first', 'metadata.name has no fields: it is a DNS label'],
    ['spec.crds.operatorBox.onReconcile.git', 'operatorBox.onReconcile.git is not supported yet: git hooks'],
    ['spec.qqqqqq', 'spec has no field "qqqqqq"; it has finalizers, imports, crds'],
    ['__proto__', 'the file has no field "__proto__"; it has'],
  ])('refuses %s', (path, message) => {
    expect(() => explainKatalog(path)).toThrow(message);
  });
});
