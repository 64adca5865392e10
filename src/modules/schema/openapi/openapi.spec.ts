import {
  builtinDefinition,
  builtinKinds,
  builtinSchema,
  kubernetesVersion,
  openApiV2Document,
  openApiV3Documents,
  type OpenApiDocument,
} from '.';
import { type TypeSchema } from '../types/type-schema';

function at(schema: TypeSchema | undefined, ...path: readonly string[]): TypeSchema | undefined {
  return path.reduce<TypeSchema | undefined>(
    (node, step) =>
      step === '[]' ? node?.items : step === '*' ? node?.additionalProperties : node?.properties?.get(step),
    schema,
  );
}

function parse(document: OpenApiDocument | undefined): any {
  return JSON.parse(document!.bytes.toString('utf8'));
}

const container = ['spec', 'template', 'spec', 'containers', '[]'];
const deployment = builtinSchema('apps', 'v1', 'Deployment');

describe('the schema of a built-in kind', () => {
  it('covers the whole object, through references and lists', () => {
    expect(at(deployment, 'spec', 'replicas')).toEqual({ type: 'integer', format: 'int32', goType: 'int32' });
    expect(at(deployment, ...container, 'env', '[]', 'name')?.type).toBe('string');
    expect(at(deployment, 'metadata', 'labels', '*')?.type).toBe('string');
  });

  it('says how lists and maps merge', () => {
    expect(at(deployment, ...container, 'ports')).toMatchObject({
      type: 'array',
      listType: 'map',
      listMapKeys: ['containerPort', 'protocol'],
      patchMergeKey: 'containerPort',
      patchStrategy: ['merge'],
    });
    expect(at(deployment, ...container, 'ports', '[]', 'protocol')?.default).toBe('TCP');
    expect(at(deployment, 'spec', 'selector')).toMatchObject({ type: 'object', isAtomicMap: true });
    expect(at(deployment, 'spec', 'strategy')).toMatchObject({ type: 'object', patchStrategy: ['retainKeys'] });
    expect(at(deployment, 'spec', 'template', 'spec', 'volumes')?.patchStrategy).toEqual(['merge', 'retainKeys']);
    expect(at(deployment, 'metadata', 'finalizers')?.listType).toBe('set');
  });

  it('marks the scalars with a form of their own', () => {
    expect(at(deployment, ...container, 'resources', 'limits', '*')?.format).toBe('quantity');
    expect(at(deployment, 'spec', 'strategy', 'rollingUpdate', 'maxSurge')?.format).toBe('int-or-string');
    expect(at(deployment, 'metadata', 'creationTimestamp')?.format).toBe('date-time');
    expect(at(builtinSchema('coordination.k8s.io', 'v1', 'Lease'), 'spec', 'renewTime')?.format).toBe('micro-time');
    expect(at(builtinSchema('', 'v1', 'Secret'), 'data', '*')?.format).toBe('byte');
  });

  it('names the types of Go', () => {
    expect(deployment?.goType).toBe('v1.Deployment');
    expect(at(deployment, ...container.slice(0, -1))?.goType).toBe('[]v1.Container');
    expect(at(deployment, ...container, 'imagePullPolicy')?.goType).toBe('v1.PullPolicy');
    expect(at(deployment, ...container, 'securityContext', 'capabilities', 'add', '[]')?.goType).toBe('v1.Capability');
    expect(at(deployment, 'metadata', 'labels')?.goType).toBe('map[string]string');
  });

  it('keeps any content of a raw extension', () => {
    expect(at(builtinSchema('apps', 'v1', 'ControllerRevision'), 'data')?.keepsUnknown).toBe(true);
    expect(at(deployment, 'metadata', 'managedFields', '[]', 'fieldsV1')?.keepsUnknown).toBe(true);
  });

  it('may hold itself', () => {
    const root = ['spec', 'versions', '[]', 'schema', 'openAPIV3Schema'];
    const props = at(builtinSchema('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition'), ...root);
    expect(at(props, 'properties', '*', 'properties', '*', 'not')?.properties?.get('type')?.type).toBe('string');
    expect(at(props, 'not')).toBe(at(props, 'not', 'not'));
  });

  it('is compiled once', () => {
    expect(builtinSchema('apps', 'v1', 'Deployment')).toBe(deployment);
    const podSpec = at(builtinSchema('', 'v1', 'Pod'), 'spec');
    expect(at(deployment, 'spec', 'template', 'spec')?.properties).toBe(podSpec?.properties);
  });

  it.each([
    ['', 'v1', 'Nothing'],
    ['apps', 'v1beta1', 'Deployment'],
    ['__proto__', 'constructor', 'toString'],
  ])('does not exist for %s/%s %s', (group, version, kind) => {
    expect(builtinSchema(group, version, kind)).toBeUndefined();
    expect(builtinDefinition(kind)).toBeUndefined();
  });

  it('is complete for every known kind: each node of a kind has a form', () => {
    const seen = new Set<TypeSchema>();
    const formless: string[] = [];
    const visit = (node: TypeSchema, path: string): void => {
      if (seen.has(node)) return;
      seen.add(node);
      if (node.goType === undefined) formless.push(path);
      for (const [name, child] of node.properties ?? []) visit(child, `${path}.${name}`);
      if (node.items !== undefined) visit(node.items, `${path}[]`);
      if (node.additionalProperties !== undefined) visit(node.additionalProperties, `${path}.*`);
    };
    for (const { group, version, kind } of builtinKinds()) visit(builtinSchema(group, version, kind)!, kind);
    expect(formless).toEqual([]);
    expect(seen.size).toBeGreaterThan(2_000);
  });
});

describe('the documents', () => {
  it('are those of the version that they name', () => {
    expect(kubernetesVersion()).toMatch(/^v1\.36\.\d+$/);
    expect(parse(openApiV3Documents().get('apis/apps/v1')).info.version).toBe('1.36');
    expect(parse(openApiV2Document()).info.version).toBe('1.36');
  });

  it('hold the schemas with their words, and where they are served', () => {
    const document = parse(openApiV3Documents().get('apis/apps/v1'));
    expect(document.components.schemas['io.k8s.api.apps.v1.DeploymentSpec'].description).toContain('Deployment');
    expect(Object.keys(document.paths)).toContain('/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale');
    expect(parse(openApiV2Document()).definitions['io.k8s.api.core.v1.Pod'].description).toContain('containers');
  });

  it('cover every group version of the known kinds', () => {
    const names = builtinKinds().map(({ group, version }) =>
      group === '' ? `api/${version}` : `apis/${group}/${version}`,
    );
    // Groups that only lend their options to others have no document of their own.
    const documented = [...new Set(names)].filter((name) => openApiV3Documents().has(name));
    expect(documented).toEqual(expect.arrayContaining(['api/v1', 'apis/batch/v1', 'apis/apiextensions.k8s.io/v1']));
    for (const { bytes, hash } of openApiV3Documents().values()) {
      expect(bytes.subarray(0, 1).toString()).toBe('{');
      expect(hash).toMatch(/^[0-9A-F]{128}$/);
    }
  });
});
