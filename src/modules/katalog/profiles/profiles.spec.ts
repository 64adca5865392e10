// Which profile a name means, where a name may stand, and what is told of names that mean nothing.
import { type JsonObject } from '../../common';
import { builtInName, resourceKinds } from '../../resources';
import { type Field } from '../../schema';
import { katalogField } from '../model/katalog.fields';
import { build, compile, katalogWith, onlyCrd, WEBSITE } from '../testing/katalog-source';
import { valueAtPath } from '../testing/leaves';
import { PROFILE_CASES } from '../testing/field-cases/profiles';
import { PROFILE_CLASSES } from './profile-classes';
import { reconcilerProfiles } from './reconciler-profiles';

/** A Deployment whose resources have this profile. */
function sized(profile: string, profiles: string, box = ''): string {
  const deployment = `onReconcile:\n  deployments:\n    - { name: web, image: "a/b:1", resources: { profile: ${profile} } }`;
  return `${katalogWith(`${deployment}${box}`)}profiles: ${profiles}\n`;
}

const CPU = 'spec.template.spec.containers.0.resources.requests.cpu';

function cpuOf(text: string, data: JsonObject = WEBSITE): unknown {
  const [entry] = onlyCrd(compile(text)).onReconcile.entries;
  if (entry === undefined) throw new Error('no entry');
  return valueAtPath(build(entry, data), CPU);
}

describe('a name', () => {
  const own = (name: string): string => `{ resources: [{ name: ${name}, requests: { cpu: 7m } }] }`;

  it.each([
    ['of the Katalog', 'web', own('web'), '7m'],
    ['of the Katalog and built in: that of the Katalog', 'small', own('small'), '7m'],
    ['of the Katalog in other case: the built-in one', 'SMALL', own('small'), '100m'],
    ['built in', 'small', own('web'), '100m'],
    ['built in, in any case', 'Small', own('web'), '100m'],
    ['of the Katalog, from data', '"{{ .spec.tier }}"', own('gold'), '7m'],
    ['built in, from data', '"{{ if .spec.tier }}tiny{{ end }}"', own('gold'), '25m'],
  ])('%s', (_what, name, profiles, cpu) => {
    expect(cpuOf(sized(name, profiles))).toBe(cpu);
  });

  it('from data that no profile has fails the entry, and names those that there are', () => {
    const text = sized('"{{ .spec.tier }}"', own('golds'));
    expect(() => cpuOf(text)).toThrow(
      'unknown resource profile "gold" (did you mean "golds"?); there are golds (profiles.resources), and tiny, small',
    );
  });

  it('of the Katalog is told exactly, and with those that there are', () => {
    const { errors, marked } = compile(sized('§Web', own('web')));
    expect(errors).toEqual([
      `${marked} unknown resource profile "Web" (did you mean "web"?); there are web (profiles.resources), and ` +
        'tiny, small, medium, large, burst, steady, compute-heavy, memory-heavy',
    ]);
  });

  it('of a built-in probe profile is told exactly', () => {
    const probe = (name: string): string =>
      katalogWith(
        `onReconcile:\n  deployments:\n    - { name: web, image: a, port: 80, probes: { readiness: { path: /, profile: ${name} } } }`,
      );
    expect(compile(probe('fast')).errors).toEqual([]);
    expect(compile(probe('Fast')).errors).toEqual([expect.stringContaining('unknown probe profile "Fast"')]);
  });

  it('means one thing in each class', () => {
    const profiles = '{ resources: [{ name: web, requests: { cpu: 7m } }], pdb: [{ name: web, minAvailable: 1 }] }';
    expect(cpuOf(sized('web', profiles))).toBe('7m');
  });
});

describe('a profile', () => {
  it('that hides a built-in one is told', () => {
    const { warnings, marked } = compile(sized('small', '{ resources: [{ name: §Small }] }'));
    expect(warnings).toEqual([
      `${marked} the resource profile "Small" takes the place of the built-in profile "small"`,
    ]);
  });

  it('that differs from the name of an entry in case only is told there', () => {
    const { warnings } = compile(sized('Small', '{ resources: [{ name: small }] }'));
    expect(warnings).toContainEqual(
      expect.stringContaining('"Small" is the built-in resource profile, not "small" of profiles.resources'),
    );
    const development = `${katalogWith('reconciler: { profile: §Development }')}profiles: { reconciler: [{ name: development }] }\n`;
    const { warnings: ofReconciler, marked } = compile(development);
    expect(ofReconciler).toContainEqual(expect.stringContaining(`${marked} "Development" is the built-in reconciler`));
  });

  it('that nothing names is none of anybody’s business', () => {
    expect(compile(sized('small', '{ resources: [{ name: web }] }')).warnings).toEqual([]);
  });

  it('holds literals', () => {
    const { errors, marked } = compile(
      sized('web', '{ resources: [{ name: web, limits: { cpu: §"{{ .spec.cpu }}" } }] }'),
    );
    expect(errors).toEqual([`${marked} templates are not allowed here, found "{{ .spec.cpu }}"`]);
  });

  it.each([
    ['two bounds of a budget', '{ pdb: [§{ name: a, minAvailable: 1, maxUnavailable: 1 }] }', 'exclude each other'],
    ['no bound of a budget', '{ pdb: [§{ name: a }] }', 'needs minAvailable or maxUnavailable'],
    ['a roll-out that never moves', '{ rollingUpdate: [§{ name: a, maxSurge: 0, maxUnavailable: 0% }] }', 'are both 0'],
    ['more pods at least than at most', '{ hpa: [§{ name: a, minReplicas: 3, maxReplicas: 2 }] }', 'is more than'],
    [
      'a request above its limit',
      '{ resources: [{ name: a, requests: { cpu: §2 }, limits: { cpu: 1 } }] }',
      'is more than',
    ],
    ['a quota of nothing', '{ resourceQuotas: [§{ name: a }] }', 'missing required field "hard"'],
    ['a name with blanks', '{ pdb: [{ name: §a b, minAvailable: 1 }] }', 'expected a name for a profile'],
    ['an unknown class', '{ §resorces: [] }', '(did you mean "resources"?)'],
    ['a field of another class', '{ pdb: [{ name: a, minAvailable: 1, §hard: {} }] }', 'unknown field "hard"'],
  ])('is refused: %s', (_what, profiles, says) => {
    const { errors, marked } = compile(sized('small', profiles));
    expect(errors).toEqual([expect.stringContaining(says)]);
    expect(errors[0]).toMatch(new RegExp(`^${marked ?? 'nowhere'} `));
  });

  it('is part of the content of the Katalog', () => {
    const hashOf = (cpu: string): string | undefined =>
      compile(sized('web', `{ resources: [{ name: web, requests: { cpu: ${cpu} } }] }`)).katalog?.hash;
    expect(hashOf('1')).toBe(hashOf('1'));
    expect(hashOf('1')).not.toBe(hashOf('2'));
  });

  it('and its values never change after load', () => {
    const { katalog } = compile(sized('"{{ .spec.tier }}"', '{ resources: [{ name: gold, requests: { cpu: 1 } }] }'));
    const [entry] = katalog?.crds[0]?.onReconcile.entries ?? [];
    if (entry === undefined) throw new Error('no entry');
    expect(valueAtPath(build(entry), CPU.replace('.requests.cpu', ''))).toEqual({ requests: { cpu: '1' } });
    expect(Object.isFrozen(valueAtPath(build(entry), CPU.replace('.requests.cpu', '')))).toBe(true);
  });
});

describe('the same name in one class', () => {
  const shared = 'profiles: { resources: [{ name: web, requests: { cpu: 1 } }] }\n';
  const motif =
    'apiVersion: orkestra.orkspace.io/v1\nkind: Motif\nmetadata: { name: sizes }\nprofiles: { resources: [{ name: web }] }\n';
  const imported = (text: string, ...motifs: readonly string[]): string =>
    text.replace('spec:\n', `spec:\n  imports: [${motifs.map((file) => `{ motif: ${file} }`).join(', ')}]\n`);
  const own = sized('web', '{ resources: [{ name: web }] }');

  it.each([
    ['of a list', { 'katalog.yaml': sized('web', '{ resources: [{ name: web }, { name: web }] }') }, 'katalog.yaml'],
    [
      'of a block and its include',
      { 'katalog.yaml': sized('web', '{ include: a.yaml, resources: [{ name: web }] }'), 'a.yaml': shared },
      'a.yaml',
    ],
    ['of a Katalog and a Motif', { 'katalog.yaml': imported(own, './m.yaml'), 'm.yaml': motif }, 'katalog.yaml'],
    [
      'of two Motifs',
      {
        'katalog.yaml': imported(sized('web', '{}'), './m.yaml', './n.yaml'),
        'm.yaml': motif,
        'n.yaml': motif.replace('sizes', 'others'),
      },
      'm.yaml',
    ],
  ])('%s names both places', (_what, files, first) => {
    const { errors } = compile(files);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(new RegExp(`resource profile "web" is declared at ${first}:\\d+:\\d+ already`));
  });

  it('of two Katalogs that run together names both places', () => {
    const other = own.replace('website:', 'shop:').replace('Website, plural: websites', 'Shop, plural: shops');
    const { errors } = compile({ 'a.yaml': own, 'b.yaml': other }, {}, ['a.yaml', 'b.yaml']);
    expect(errors).toEqual([expect.stringMatching(/^b\.yaml:.*"web" is declared at a\.yaml:\d+:\d+ already$/)]);
  });

  it('is one profile when two bring in one file', () => {
    const root = imported(sized('web', '{}'), './m.yaml', './m.yaml');
    expect(compile({ 'katalog.yaml': root, 'm.yaml': motif }).errors).toEqual([]);
  });
});

describe('a Motif of spec.imports', () => {
  it('brings profiles, and what is wrong with one is told there', () => {
    const motif = (cpu: string): string =>
      `apiVersion: orkestra.orkspace.io/v1\nkind: Motif\nmetadata: { name: sizes }\nprofiles: { resources: [{ name: web, requests: { cpu: ${cpu} } }] }\n`;
    const root = sized('web', '{}').replace('spec:\n', 'spec:\n  imports: [{ motif: ./m.yaml }]\n');
    const [entry] = onlyCrd(compile({ 'katalog.yaml': root, 'm.yaml': motif('7m') })).onReconcile.entries;
    expect(entry && valueAtPath(build(entry), CPU)).toBe('7m');
    const { errors, marked } = compile({ 'katalog.yaml': root, 'm.yaml': motif('§lots') });
    expect(errors).toEqual([`${marked} expected a quantity such as 250m or 64Mi, found "lots"`]);
  });
});

describe('values meet those of an entry', () => {
  const hpa = (entry: string, profile: string): string =>
    `${katalogWith(`onReconcile:\n  hpa:\n    - { name: a, scaleTargetRef: { kind: Deployment, name: web }, ${entry} }`)}profiles: { hpa: [{ name: own, ${profile} }] }\n`;
  const specOf = (text: string): unknown => {
    const [entry] = onlyCrd(compile(text)).onReconcile.entries;
    return entry && build(entry)['spec'];
  };

  it('of an autoscaler: those of the entry win', () => {
    const profile = 'minReplicas: 2, maxReplicas: 9, targetCPUUtilizationPercentage: 50';
    expect(specOf(hpa('minReplicas: "3", behavior: { profile: own }', profile))).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 3,
      maxReplicas: 9,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
      ],
    });
  });

  it.each([
    ['minReplicas: §"5", behavior: { profile: own }', 'maxReplicas: 4', 'minReplicas (5) is more than maxReplicas (4)'],
    ['behavior: { profile: §own }', 'minReplicas: 4', 'minReplicas (4) is more than maxReplicas (1)'],
    ['maxReplicas: "3", behavior: { profile: §own }', 'minReplicas: 4', 'minReplicas (4) is more than maxReplicas (3)'],
  ])('of an autoscaler: %s beside %s is refused', (entry, profile, says) => {
    const { errors, marked } = compile(hpa(entry, profile));
    expect(errors).toEqual([`${marked} ${says}`]);
  });

  const probe = (kind: string, more: string, name = '§own'): string =>
    `${katalogWith(
      `onReconcile:\n  deployments:\n    - { name: web, image: a, port: 80, probes: { ${kind}: { path: /, profile: ${name}${more} } } }`,
    )}profiles: { probes: [{ name: own, successThreshold: 2 }] }\n`;

  it('of a probe: what is not said is that of standard', () => {
    const [entry] = onlyCrd(compile(probe('readiness', ''))).onReconcile.entries;
    expect(entry && valueAtPath(build(entry), 'spec.template.spec.containers.0.readinessProbe')).toEqual({
      httpGet: { path: '/', port: 80, scheme: 'HTTP' },
      initialDelaySeconds: 15,
      periodSeconds: 20,
      failureThreshold: 3,
      successThreshold: 2,
      timeoutSeconds: 10,
    });
  });

  it('of a probe that passes at once: only a readiness probe counts successes', () => {
    const { errors, marked } = compile(probe('liveness', ''));
    expect(errors).toEqual([expect.stringContaining(`${marked} probe profile "own": its successThreshold is 2`)]);
    expect(compile(probe('liveness', ', successThreshold: 1')).errors).toEqual([]);
    const [entry] = onlyCrd(compile(probe('liveness', '', '"{{ .spec.p }}"'))).onReconcile.entries;
    const data = { ...WEBSITE, spec: { p: 'own' } };
    expect(() => entry && build(entry, data)).toThrow('its successThreshold is 2');
  });

  it('of a network policy: pods that the entry names are nearer', () => {
    const policy = (entry: string): unknown =>
      specOf(
        `${katalogWith(`onReconcile:\n  networkPolicies:\n    - { name: a, profile: own${entry} }`)}profiles: { networkPolicies: [{ name: own, podSelector: { app: a }, ingress: [] }] }\n`,
      );
    const rules = { ingress: [], policyTypes: ['Ingress'] };
    expect(policy('')).toEqual({ podSelector: { matchLabels: { app: 'a' } }, ...rules });
    expect(policy(', podSelector: { app: b }')).toEqual({ podSelector: { matchLabels: { app: 'b' } }, ...rules });
  });

  it('of a StatefulSet: only what may be away counts, and not none', () => {
    const strategy = (profile: string): unknown => {
      const [entry] = onlyCrd(
        compile(
          `${katalogWith('onReconcile:\n  statefulSets:\n    - { name: a, image: b, rollingUpdate: { profile: own } }')}profiles: { rollingUpdate: [{ name: own, ${profile} }] }\n`,
        ),
      ).onReconcile.entries;
      return entry && valueAtPath(build(entry), 'spec.updateStrategy');
    };
    expect(strategy('maxUnavailable: 2')).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } });
    expect(strategy('maxSurge: 2')).toEqual({ type: 'RollingUpdate' });
    expect(strategy('maxSurge: 2, maxUnavailable: 0%')).toEqual({ type: 'RollingUpdate' });
  });
});

describe('a reconciler', () => {
  const text = (reconciler: string, profile: string): string =>
    `${katalogWith(`reconciler: ${reconciler}`)}profiles: { reconciler: [{ name: own, ${profile} }] }\n`;

  it('takes workers, resync and maxDepth; its own values win, what nobody says is the default', () => {
    const { workers, resyncMs, maxQueueDepth } = onlyCrd(
      compile(text('{ profile: own, workers: 9 }', 'workers: 6, queue: { maxDepth: 7 }')),
    );
    expect({ workers, resyncMs, maxQueueDepth }).toEqual({
      workers: { value: 9, source: 'configured' },
      resyncMs: { value: 30_000, source: 'default' },
      maxQueueDepth: { value: 7, source: 'configured' },
    });
  });

  it('says what else in a profile has no effect', () => {
    const { errors, warnings, marked } = compile(text('{ profile: own }', 'queue: { §failureThreshold: 2 }'));
    expect(errors).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining(`${marked} "failureThreshold" has no effect here`)]);
  });

  it.each([
    ['workers: §51', 'expected integer 1 to 50'],
    ['resync: §1ms', 'expected a duration from 100ms'],
    ['queue: { maxDepth: §-1 }', 'expected integer 0 or more'],
  ])('refuses %s', (profile, says) => {
    const { errors, marked } = compile(text('{ profile: own }', profile));
    expect(errors).toEqual([expect.stringContaining(`${marked} ${says}`)]);
  });

  it.each([
    ['§owm', 'unknown reconciler profile "owm" (did you mean "own"?); there are own (profiles.reconciler), and high-'],
    ['§"{{ .spec.x }}"', 'templates are not allowed here'],
  ])('is refused with the profile %s', (name, says) => {
    const { errors, marked } = compile(text(`{ profile: ${name} }`, 'workers: 1'));
    expect(errors).toEqual([expect.stringContaining(`${marked} ${says}`)]);
  });
});

describe('the table of classes', () => {
  /** Places of the description where a field stands. */
  function placesOf(wanted: Field<unknown>): ReadonlySet<string> {
    const found = new Set<string>();
    const seen = new Set<Field<unknown>>();
    const visit = (field: Field<unknown>, place: string): void => {
      if (field === wanted) found.add(place);
      if (seen.has(field)) return;
      seen.add(field);
      const { shape } = field;
      if (shape?.kind === 'list') visit(shape.item, `${place}[]`);
      if (shape?.kind === 'map') visit(shape.value, `${place}.*`);
      if (shape?.kind === 'either') for (const one of shape.alternatives) visit(one, place);
      if (shape?.kind !== 'object') return;
      for (const [key, { field: inner }] of Object.entries(shape.properties)) visit(inner, `${place}.${key}`);
    };
    visit(katalogField, '');
    return found;
  }

  it.each(PROFILE_CLASSES.map((one) => [one.key, one] as const))('%s says where its names stand', (_key, profiles) => {
    const places = [...placesOf(profiles.reference)];
    expect(places.length).toBeGreaterThan(0);
    const pattern = new RegExp(`\\.${profiles.site.replaceAll(/[.[\]]/g, '\\$&').replace('\\.*', '\\.\\w+')}$`);
    for (const place of places) expect(place).toMatch(pattern);
  });

  it.each(PROFILE_CLASSES.map((one) => [one.key, one] as const))(
    '%s finds each of its built-in profiles',
    (_key, profiles) => {
      for (const name of Object.keys(profiles.builtIn)) {
        expect(builtInName(profiles, name)).toBe(name);
        expect(builtInName(profiles, name.toUpperCase())).toBe(profiles.isExact ? undefined : name);
      }
    },
  );

  it('has a class for every field "profile" of an entry', () => {
    const classes = new Set<Field<unknown>>(PROFILE_CLASSES.map(({ reference }) => reference));
    const strange: string[] = [];
    const visit = (field: Field<unknown>, place: string): void => {
      const { shape } = field;
      if (place.endsWith('.profile') && !classes.has(field)) strange.push(place);
      if (shape?.kind === 'list') visit(shape.item, `${place}[]`);
      if (shape?.kind === 'map') visit(shape.value, `${place}.*`);
      if (shape?.kind !== 'object') return;
      for (const [key, { field: inner }] of Object.entries(shape.properties)) visit(inner, `${place}.${key}`);
    };
    for (const { facts, entry } of resourceKinds) visit(entry, facts.listKey);
    expect(strange).toEqual([]);
    expect(Object.keys(PROFILE_CASES)).toEqual(
      PROFILE_CLASSES.filter((one) => one !== reconcilerProfiles).map(({ key }) => key),
    );
  });
});

it('tells which profiles are used, and where', () => {
  const { katalog } = compile(
    sized(
      'web',
      '{ resources: [{ name: web, description: Pages., requests: { cpu: 1 } }] }',
      '\nreconciler: { profile: development }',
    ),
  );
  expect(katalog?.profiles).toMatchObject([
    { class: 'resources', name: 'web', description: 'Pages.', values: { requests: { cpu: '1' } } },
  ]);
  expect(katalog?.profileUses.map(({ profiles, name, path }) => `${profiles.key} ${name} ${path}`)).toEqual([
    'resources web spec.crds.website.operatorBox.onReconcile.deployments[0].resources.profile',
    'reconciler development spec.crds.website.operatorBox.reconciler.profile',
  ]);
});
