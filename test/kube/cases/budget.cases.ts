// What the operator asks of the API server, counted in the request log (engine contract §2, "Budget").
import { setTimeout as pause } from 'node:timers/promises';
import { compileKatalog } from '../../../src/modules/katalog';
import { type LoggedRequest } from '../support/request-log';
import { type Plane, type StartPlane } from '../support/plane';
import { eventually } from '../support/eventually';
import { Operator } from '../support/operator';
import { CRD_MANIFEST, childrenOf, katalog, sampleFile, Websites } from '../support/websites';

const RESYNC_S = 5;
const NAMES = ['one', 'two', 'three', 'four', 'five'];

let plane: Plane;
let websites: Websites;
let operator: Operator;

function lines(events: readonly LoggedRequest[]): readonly string[] {
  return events.map(({ verb, objectRef }) =>
    [verb, objectRef?.resource, objectRef?.subresource].filter((part) => part !== undefined).join(' '),
  );
}

/** Requests on a CR, its children and its Events. */
function about(name: string): readonly LoggedRequest[] {
  return plane.audit.work().filter(({ objectRef }) => {
    const found = objectRef?.name ?? '';
    return found === name || found === `${name}-content` || found.startsWith(`${name}.`);
  });
}

/** `restMs`: how long the operator is watched at rest. */
export function budgetCases(start: StartPlane, restMs: number): void {
  /** Without workload controllers a Deployment says the same for ever: what is counted is the operator's own doing. */
  beforeAll(async () => {
    plane = await start({ manifests: [CRD_MANIFEST] });
    websites = new Websites(plane);
    await websites.install();
    operator = await Operator.start(plane, { katalog: katalog(['resync: 30s', `resync: ${RESYNC_S}s`]) });
  });

  afterAll(async () => {
    await operator?.stop();
    await plane?.stop();
  });

  it('brings a CR up with five requests: three applies, one status, one Event', async () => {
    await Promise.all(NAMES.map((name) => websites.create(name)));
    await eventually(
      'all children exist',
      async () => (await websites.managed()).length === childrenOf(...NAMES).length,
    );
    for (const name of NAMES) {
      const seen = await eventually(`the Event of ${name} is written`, () => {
        const requests = lines(about(name));
        return requests.some((line) => line.includes('events')) ? requests : undefined;
      });
      expect([...seen].sort()).toEqual([
        'create events',
        'patch configmaps',
        'patch deployments',
        'patch services',
        'patch websites status',
      ]);
    }
  });

  it(`sends nothing at rest for ${restMs / 1_000} s while every pass evaluates every template`, async () => {
    const passes = (): Promise<number> => operator.metric('controller_reconcile_total');
    const templates = (): Promise<number> => operator.metric('orkestra_templates_evaluated_total');
    await eventually('nothing was written for two seconds', async () => {
      const before = plane.audit.work().length;
      await pause(2_000);
      return plane.audit.work().length === before;
    });
    const mark = Date.now();
    const [passesBefore, templatesBefore] = [await passes(), await templates()];
    await pause(restMs);
    const [passesAfter, templatesAfter] = [await passes(), await templates()];
    expect(lines(plane.audit.work(mark))).toEqual([]);
    const perCr = (passesAfter - passesBefore) / NAMES.length;
    expect(perCr).toBeGreaterThanOrEqual(restMs / (RESYNC_S * 1_000) - 1);
    // All of the entries and of the status, and the one in a condition of the status. Some are asked for twice: the name
    // of the Deployment is the component that the Service selects.
    const perPass = (templatesAfter - templatesBefore) / (passesAfter - passesBefore);
    const [crd] = compileKatalog([sampleFile('katalog.yaml')]).crds;
    expect(perPass).toBeGreaterThanOrEqual((crd?.templateCount ?? Infinity) + 1);
  });
}
