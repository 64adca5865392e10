import { apiVersionOf, gvkString, parseApiVersion } from './gvk';
import { isDnsLabel, isDnsSubdomain } from './dns-names';
import { isConfigKey, isLabelValue, isQualifiedName, isVariableName } from './kube-names';
import { objectKey, splitObjectKey } from './object-key';

const FORMS = { isDnsLabel, isDnsSubdomain, isQualifiedName, isLabelValue, isConfigKey, isVariableName };

describe('names of Kubernetes', () => {
  it.each<[keyof typeof FORMS, string, boolean]>([
    ['isDnsLabel', 'web-1', true],
    ['isDnsLabel', 'a'.repeat(63), true],
    ['isDnsLabel', 'a'.repeat(64), false],
    ['isDnsLabel', 'Web', false],
    ['isDnsLabel', '-web', false],
    ['isDnsLabel', 'web.x', false],
    ['isDnsLabel', '', false],
    ['isDnsSubdomain', 'web.x', true],
    ['isDnsSubdomain', 'web..x', false],
    ['isDnsSubdomain', `${'a.'.repeat(126)}aa`, false],
    ['isQualifiedName', 'app', true],
    ['isQualifiedName', 'example.org/app_1', true],
    ['isQualifiedName', 'Example.org/app', false],
    ['isQualifiedName', 'example.org/', false],
    ['isQualifiedName', '/app', false],
    ['isQualifiedName', 'a/b/c', false],
    ['isLabelValue', '', true],
    ['isLabelValue', 'v1.2_x', true],
    ['isLabelValue', 'a b', false],
    ['isLabelValue', '-a', false],
    ['isConfigKey', 'index.html', true],
    ['isConfigKey', '..', false],
    ['isConfigKey', 'a/b', false],
    ['isConfigKey', '__proto__', false],
    ['isVariableName', 'A_B.c-1', true],
    ['isVariableName', 'A=B', false],
    ['isVariableName', '', false],
  ])('%s(%j) is %s', (form, text, expected) => {
    expect(FORMS[form](text)).toBe(expected);
  });
});

it('group, version and kind are written as Kubernetes writes them', () => {
  expect(apiVersionOf({ group: '', version: 'v1' })).toBe('v1');
  expect(apiVersionOf({ group: 'apps', version: 'v1' })).toBe('apps/v1');
  expect(parseApiVersion('apps/v1')).toEqual({ group: 'apps', version: 'v1' });
  expect(parseApiVersion('v1')).toEqual({ group: '', version: 'v1' });
  expect(gvkString({ group: 'apps', version: 'v1', kind: 'Deployment' })).toBe('apps/v1, Kind=Deployment');
});

it('keys of objects are namespace and name', () => {
  expect(objectKey('a', 'b')).toBe('a/b');
  expect(objectKey(undefined, 'b')).toBe('b');
  expect(splitObjectKey('a/b')).toEqual({ namespace: 'a', name: 'b' });
  expect(splitObjectKey('b')).toEqual({ namespace: undefined, name: 'b' });
});
