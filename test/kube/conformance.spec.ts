// The conformance suite against the real server: its answers are the golden files.
// `npm run test:kube -- --update-golden` writes them anew.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CaseResult, runTopics } from '../conformance/harness/run-topics';
import { readGolden, writeGolden } from '../conformance/harness/golden';
import { TOPICS } from '../conformance/topics';
import { ControlPlane } from './support/control-plane';

const RUN_MS = 240_000;
const isUpdate = process.env.ORK_UPDATE_GOLDEN === '1';

let plane: ControlPlane;
let kubernetes: string;
let results: ReadonlyMap<string, CaseResult>;

beforeAll(async () => {
  plane = await ControlPlane.start();
  const address = {
    url: plane.server,
    caPem: readFileSync(join(plane.folder, 'certs/apiserver.crt'), 'utf8'),
    token: 'admin-token',
    compact: () => plane.compactEtcd(),
    patienceMs: 15_000,
  };
  kubernetes = JSON.parse(await plane.kubectl('get', '--raw', '/version')).gitVersion;
  const alone = await runTopics(
    address,
    TOPICS.filter(({ needsControllers }) => !needsControllers),
  );
  // Only now: controllers would write between the steps of the other topics.
  await plane.startWorkloads();
  const beside = await runTopics(
    address,
    TOPICS.filter(({ needsControllers }) => needsControllers),
  );
  results = new Map([...alone, ...beside].map((result) => [`${result.topic} ${result.name}`, result]));
}, RUN_MS);

afterAll(() => plane?.stop());

describe.each(TOPICS)('the real server: $name', ({ name: topic, cases }) => {
  it.each(Object.keys(cases))('%s', (name) => {
    const result = results.get(`${topic} ${name}`);
    expect(result?.failure).toBeUndefined();
    if (!isUpdate) expect(result?.steps).toEqual(readGolden(topic).cases[name]);
  });

  it('has golden answers for these cases only, of this version', () => {
    if (isUpdate) {
      const ofTopic = [...results.values()].filter((result) => result.topic === topic);
      expect(ofTopic.filter(({ failure }) => failure !== undefined)).toEqual([]);
      writeGolden(topic, kubernetes, ofTopic);
    }
    const golden = readGolden(topic);
    expect(golden.kubernetes).toBe(kubernetes);
    expect(Object.keys(golden.cases).sort()).toEqual(Object.keys(cases).sort());
  });
});
