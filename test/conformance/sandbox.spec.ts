// The conformance suite against the sandbox: its answers are those of the golden files.
// ORK_UPDATE_PENDING=1 writes anew which cases are known to differ; ORK_CONFORMANCE_ANSWERS=<file> keeps all answers for
// `node test/conformance/differences.js <file>`.
import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { type RunningSandbox, startSandbox } from '../../src/modules/sandbox';
import { ACCEPTED } from './accepted';
import { type Topic } from './harness/conformance-case';
import { readGolden } from './harness/golden';
import {
  isDocumented,
  type PendingCases,
  readPending,
  type TopicScore,
  writeDocument,
  writePending,
} from './harness/pending';
import { type CaseResult, runTopics } from './harness/run-topics';
import { ALL_TOPICS, TOPICS } from './topics';

const RUN_MS = 120_000;
/** Longer than every time-out that a case asks for. */
const PATIENCE_MS = 5_000;
const MAX_ACCEPTED = 15;
const isUpdate = process.env.ORK_UPDATE_PENDING === '1';
const running: RunningSandbox[] = [];
let results: ReadonlyMap<string, CaseResult>;
let pending: PendingCases = readPending();

async function run(topics: readonly Topic[], controllers: undefined | readonly []): Promise<readonly CaseResult[]> {
  const sandbox = await startSandbox({ port: 0, ...(controllers === undefined ? {} : { controllers }) });
  running.push(sandbox);
  const { url = '', caPem = '', token } = sandbox;
  return runTopics(
    { url, caPem, token, compact: async () => sandbox.compactHistory(), patienceMs: PATIENCE_MS },
    topics,
  );
}

function isEqual({ topic, name, steps, failure }: CaseResult): boolean {
  return failure === undefined && isDeepStrictEqual(plain(steps), plain(readGolden(topic).cases[name]));
}

/** Without prototypes and undefined fields: what a file could hold. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function differing(): PendingCases {
  const accepted = new Set(ACCEPTED.map(({ topic, name }) => `${topic} ${name}`));
  const different = [...results].filter(([key, result]) => !accepted.has(key) && !isEqual(result));
  const of = (wanted: string): readonly string[] =>
    different
      .filter(([, { topic }]) => topic === wanted)
      .map(([, { name }]) => name)
      .sort();
  return Object.fromEntries(TOPICS.map(({ name }) => [name, of(name)]));
}

/** By the lists: the tests below hold them to be true. */
function scores(): readonly TopicScore[] {
  return ALL_TOPICS.map(({ name: topic, cases }) => {
    const amount = Object.keys(cases).length;
    const accepted = ACCEPTED.filter((each) => each.topic === topic).length;
    return { topic, cases: amount, equal: amount - accepted - (pending[topic]?.length ?? 0) };
  });
}

beforeAll(async () => {
  const alone = await run(
    TOPICS.filter(({ needsControllers }) => !needsControllers),
    [],
  );
  const beside = await run(
    TOPICS.filter(({ needsControllers }) => needsControllers),
    undefined,
  );
  results = new Map([...alone, ...beside].map((result) => [`${result.topic} ${result.name}`, result]));
  const file = process.env.ORK_CONFORMANCE_ANSWERS;
  if (file !== undefined) writeFileSync(file, JSON.stringify([...results.values()]));
  if (isUpdate) {
    pending = { ...pending, ...differing() };
    writePending(pending);
    writeDocument(scores());
  }
}, RUN_MS);

afterAll(() => Promise.all(running.map((sandbox) => sandbox.stop())));

describe.each(TOPICS)('the sandbox: $name', ({ name: topic, cases }) => {
  it.each(Object.keys(cases))('%s', (name) => {
    const result = results.get(`${topic} ${name}`)!;
    const differs = [
      ...(pending[topic]?.includes(name) === true ? ['pending.generated.json'] : []),
      ...(ACCEPTED.some((accepted) => accepted.topic === topic && accepted.name === name) ? ['accepted.ts'] : []),
    ];
    if (differs.length > 0) {
      // Equal at last: take it off that list (ORK_UPDATE_PENDING=1 writes the pending one).
      expect({ list: differs, isEqual: isEqual(result) }).toEqual({ list: differs, isEqual: false });
    } else {
      expect(result.failure).toBeUndefined();
      expect(plain(result.steps)).toEqual(readGolden(topic).cases[name]);
    }
  });

  it('has no unknown name in its lists', () => {
    const listed = [
      ...(pending[topic] ?? []),
      ...ACCEPTED.filter((each) => each.topic === topic).map((each) => each.name),
    ];
    expect(listed.filter((name) => !(name in cases))).toEqual([]);
  });
});

it('accepts few differences, and none in verbs, patches and watches', () => {
  expect(ACCEPTED.length).toBeLessThanOrEqual(MAX_ACCEPTED);
  expect(ACCEPTED.filter(({ topic }) => ['verbs', 'patches', 'watch'].includes(topic))).toEqual([]);
});

it('is as good as docs/sandbox.md says', () => {
  // Else ORK_UPDATE_PENDING=1 writes the numbers anew.
  expect(isDocumented(scores())).toBe(true);
});
