import { builtinSchema, compileStructuralSchema } from '../../schema';
import { typeOfSchema } from './schema-type';
import { fieldOf } from './steps';
import { kindWords, type ObjectType, type Type } from './type';

function crd(spec: object, root: object = {}): Type {
  return typeOfSchema(compileStructuralSchema({ type: 'object', properties: { spec: { ...spec } }, ...root }));
}

function at(type: Type, ...path: readonly string[]): Type | string {
  return path.reduce<Type | string>((found, name) => {
    if (typeof found === 'string') return found;
    const step = fieldOf(found, name);
    return 'problem' in step ? `${step.problem}: ${name}` : step;
  }, type);
}

function words(type: Type | string): string {
  return typeof type === 'string' ? type : kindWords(type);
}

describe('the schema of a CRD', () => {
  const all = crd({
    type: 'object',
    properties: {
      image: { type: 'string' },
      size: { type: 'integer' },
      share: { type: 'number' },
      paused: { type: 'boolean' },
      port: { 'x-kubernetes-int-or-string': true },
      hosts: { type: 'array', items: { type: 'string' } },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      anything: { 'x-kubernetes-preserve-unknown-fields': true },
      mixed: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { a: { type: 'integer' } } },
      loose: { type: 'object', additionalProperties: true },
      nothing: { type: 'object' },
      child: { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
      keptList: { type: 'array', 'x-kubernetes-preserve-unknown-fields': true, items: { type: 'object' } },
    },
  });

  it.each([
    ['image', 'string'],
    ['size', 'int'],
    ['share', 'int or float'],
    ['paused', 'bool'],
    ['port', 'int or string'],
    ['hosts', 'list'],
    ['labels', 'map'],
    ['labels.app', 'string'],
    ['free.x.y', 'any'],
    ['anything', 'any'],
    ['mixed.a', 'int'],
    ['mixed.b', 'any'],
    ['loose.x.y', 'any'],
    ['nothing.x', 'unknown field: x'],
    ['sise', 'unknown field: sise'],
    ['size.x', 'no parts: x'],
    ['child.metadata.name', 'string'],
    ['child.spec.x', 'any'],
    ['_engine', 'any'],
  ])('%s is %s', (path, expected) => {
    expect(words(at(all, 'spec', ...path.split('.')))).toBe(expected);
  });

  it('says nothing of the items of a list that keeps what it does not know', () => {
    expect(at(all, 'spec', 'keptList')).toEqual({ kind: 'list', item: { kind: 'unknown' } });
  });

  it('has the metadata that every object has, whatever the schema says of it', () => {
    const type = crd({ type: 'object' }, { properties: { metadata: { type: 'object' } } });
    expect(at(type, 'metadata', 'name')).toEqual({ kind: 'string', isName: true });
    expect(words(at(type, 'metadata', 'labels', 'any'))).toBe('string');
    expect(at(type, 'metadata', 'nmae')).toBe('unknown field: nmae');
    expect(words(at(type, 'apiVersion'))).toBe('string');
  });

  it('keeps the values of an enum', () => {
    const type = crd({ type: 'object', properties: { tier: { type: 'string', enum: ['gold', 'silver', null] } } });
    expect(at(type, 'spec', 'tier')).toEqual({ kind: 'string', values: ['gold', 'silver'] });
  });

  it('converts a schema once', () => {
    const schema = compileStructuralSchema({ type: 'object' });
    expect(typeOfSchema(schema)).toBe(typeOfSchema(schema));
  });
});

describe('the schema of a built-in kind', () => {
  const deployment = typeOfSchema(builtinSchema('apps', 'v1', 'Deployment') ?? {});

  it('follows it into the depth', () => {
    expect(words(at(deployment, 'status', 'readyReplicas'))).toBe('int');
    expect(words(at(deployment, 'spec', 'strategy', 'rollingUpdate', 'maxSurge'))).toBe('int or string');
  });

  it('knows that a newer server may have more fields', () => {
    expect((at(deployment, 'status') as ObjectType).extent).toBe('recorded');
    expect((at(deployment, 'metadata') as ObjectType).extent).toBe('closed');
  });

  it('ends in a schema that holds itself', () => {
    const crdType = typeOfSchema(builtinSchema('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition') ?? {});
    const versions = at(crdType, 'spec', 'versions') as Extract<Type, { kind: 'list' }>;
    const schema = at(versions.item, 'schema', 'openAPIV3Schema') as Type;
    expect(at(schema, 'not', 'not')).toBe(at(schema, 'not', 'not', 'not'));
  });
});
