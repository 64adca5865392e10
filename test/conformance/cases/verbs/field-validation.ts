// Unknown and duplicate fields: Strict refuses, Warn tells, Ignore drops.
import { type CaseTable } from '../../harness/conformance-case';
import { configMap, statefulSet } from '../objects';

const MODES = ['Strict', 'Warn', 'Ignore'] as const;

const DUPLICATE =
  '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"a":"1","a":"2"},"data":{"b":"3"}}';
const YAML = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  wrong: 1\ndata:\n  a: "1"\n  a: "2"\n';
const YAML_TYPE = { headers: { 'content-type': 'application/yaml' } };

const UNKNOWN = {
  ...statefulSet('a', {
    replicaz: 1,
    template: {
      metadata: { labels: { app: 'a' }, extra: true },
      spec: {
        containers: [{ name: 'a', image: 'a', imagePullPolice: 'Always', ports: [{ containerPort: 1, nam: 'x' }] }],
      },
    },
  }),
  more: { deep: 1 },
};

export const FIELD_VALIDATION: CaseTable = {
  ...Object.fromEntries(
    MODES.flatMap((mode): [string, CaseTable[string]][] => [
      [
        `${mode}: create with unknown fields`,
        (k) => k.post(`${k.in('apps/v1', 'statefulsets')}?fieldValidation=${mode}`, UNKNOWN),
      ],
      [
        `${mode}: create with duplicate fields`,
        (k) => k.post(`${k.in('v1', 'configmaps')}?fieldValidation=${mode}`, DUPLICATE),
      ],
      [
        `${mode}: create with YAML`,
        (k) => k.post(`${k.in('v1', 'configmaps')}?fieldValidation=${mode}`, YAML, YAML_TYPE),
      ],
      [
        `${mode}: update with unknown fields`,
        async (k) => {
          await k.setup('POST', k.in('v1', 'configmaps'), configMap('a'));
          await k.put(`${k.in('v1', 'configmaps', 'a')}?fieldValidation=${mode}`, { ...configMap('a'), wrong: 1 });
        },
      ],
      [
        `${mode}: patches with unknown fields`,
        async (k) => {
          await k.setup('POST', k.in('apps/v1', 'statefulsets'), statefulSet('a'));
          const path = `${k.in('apps/v1', 'statefulsets', 'a')}?fieldValidation=${mode}`;
          await k.patch('json', path, [{ op: 'add', path: '/spec/wrong', value: 1 }]);
          await k.patch('merge', path, { spec: { wrong: 1, template: { spec: { wrong: 2 } } } });
          await k.patch('strategic', path, {
            spec: { template: { spec: { containers: [{ name: 'main', wrong: 3 }] } } },
          });
          await k.patch('apply', `${path}&fieldManager=x&force=true`, { ...statefulSet('a'), wrong: 1 });
        },
      ],
      [
        `${mode}: patch of the text with duplicate fields`,
        async (k) => {
          await k.setup('POST', k.in('v1', 'configmaps'), configMap('a'));
          const path = `${k.in('v1', 'configmaps', 'a')}?fieldValidation=${mode}`;
          await k.patch('merge', path, '{"data":{"x":"1","x":"2"}}');
          await k.patch('apply', `${path}&fieldManager=x&force=true`, `${YAML}`);
        },
      ],
    ]),
  ),

  'no mode: create with unknown fields warns': (k) => k.post(k.in('apps/v1', 'statefulsets'), UNKNOWN),

  'another mode is refused': (k) => k.post(`${k.in('v1', 'configmaps')}?fieldValidation=Maybe`, configMap('a')),

  'Strict: fields that differ by case only are unknown': (k) =>
    k.post(`${k.in('v1', 'configmaps')}?fieldValidation=Strict`, { ...configMap('a'), Data: { b: '1' } }),

  'fields that differ by case only are not read': (k) =>
    k.post(k.in('v1', 'configmaps'), { ...configMap('a'), Data: { b: '1' }, Immutable: true }),
};
