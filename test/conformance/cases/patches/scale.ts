// The scale subresource takes a Scale, of a built-in and of a custom kind.
import { type CaseTable } from '../../harness/conformance-case';
import { type Session } from '../../harness/session';
import { install, widget } from '../custom-resource';
import { statefulSet } from '../objects';

const PLACES = { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' };
const CUSTOM = {
  version: { subresources: { scale: PLACES } },
  spec: { type: 'object', properties: { replicas: { type: 'integer' } } },
};

function scale(fields: object = {}, metadata: object = {}): object {
  return { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'a', ...metadata }, ...fields };
}

/** Runs with the path of the object; its scale is below it. */
type OnObject = (k: Session, path: string) => Promise<unknown>;

function onBoth(name: string, script: OnObject): CaseTable {
  return {
    [`${name} of a StatefulSet`]: async (k) => {
      const collection = k.in('apps/v1', 'statefulsets');
      await k.setup('POST', collection, statefulSet('a', { replicas: 2 }));
      await script(k, `${collection}/a`);
    },
    [`${name} of a custom object`]: async (k) => {
      const collection = await install(k, CUSTOM);
      await k.setup('POST', collection, widget(k, { replicas: 2 }));
      await script(k, `${collection}/a`);
    },
  };
}

const BODIES: Readonly<Record<string, unknown>> = {
  'that is no JSON': 'rubbish',
  'that is empty': '',
  'that is a list': '[]',
  'whose replicas are text': scale({ spec: { replicas: '3' } }),
  'whose replicas have a fraction': scale({ spec: { replicas: 1.5 } }),
  'whose replicas are too many': scale({ spec: { replicas: 2 ** 32 } }),
  'whose replicas are negative': scale({ spec: { replicas: -1 } }),
  'whose spec is text': scale({ spec: 'x' }),
  'of another namespace': scale({ spec: { replicas: 1 } }, { namespace: 'other' }),
  'of another uid': scale({ spec: { replicas: 1 } }, { uid: 'x' }),
  'of another version': scale({ spec: { replicas: 1 }, apiVersion: 'autoscaling/v2' }),
  'of another kind': scale({ spec: { replicas: 1 }, kind: 'Other' }),
  'with an unknown field': scale({ spec: { replicas: 1, more: 1 } }),
};

const puts = Object.entries(BODIES).map(([what, body]) =>
  onBoth(`PUT of a scale ${what}`, async (k, path) => {
    await k.put(`${path}/scale`, body);
    await k.put(`${path}/scale?fieldValidation=Strict`, body);
    await k.get(path);
  }),
);

const REPLICAS: Readonly<Record<string, unknown>> = {
  text: '3',
  'a fraction': 1.5,
  'a truth': true,
  'an object': {},
  'a list': [],
  negative: -1,
};

const patches = Object.entries(REPLICAS).map(([what, replicas]) =>
  onBoth(`patches of a scale whose replicas are ${what}`, async (k, path) => {
    await k.patch('merge', `${path}/scale`, { spec: { replicas } });
    await k.patch('json', `${path}/scale`, [{ op: 'replace', path: '/spec/replicas', value: replicas }]);
    await k.patch('strategic', `${path}/scale`, { spec: { replicas } });
    await k.apply('m', `${path}/scale`, scale({ spec: { replicas } }), '&force=true');
    await k.get(path);
  }),
);

const parts = ['spec', 'status', 'metadata', 'kind', 'apiVersion', 'unknownField'].map((member) =>
  onBoth(`patches of a scale with text as ${member}`, async (k, path) => {
    await k.patch('merge', `${path}/scale?fieldValidation=Strict`, { [member]: 'x' });
    await k.patch('json', `${path}/scale?fieldValidation=Strict`, [{ op: 'add', path: `/${member}`, value: 'x' }]);
    await k.patch('strategic', `${path}/scale?fieldValidation=Strict`, { [member]: 'x' });
  }),
);

export const SCALE_CASES: CaseTable = Object.assign(
  {},
  ...puts,
  ...patches,
  ...parts,
  onBoth('an apply to the scale', async (k, path) => {
    await k.apply('m', `${path}/scale`, scale({ spec: { replicas: 2 } }), '&force=true');
    await k.apply('m', `${path}/scale`, scale({ spec: { replicas: 5 } }), '&force=true');
    await k.get(path);
  }),
) as CaseTable;
