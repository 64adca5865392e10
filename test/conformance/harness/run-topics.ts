// Runs cases, a few at a time, each in a namespace that is named after it.
import { createHash } from 'node:crypto';
import { type CaseScript, type Topic, type TopicName } from './conformance-case';
import { type ServerAddress, ServerClient } from './server-client';
import { type RecordedStep, Session } from './session';

export interface CaseResult {
  readonly topic: TopicName;
  readonly name: string;
  readonly steps: readonly RecordedStep[];
  /** Why the script did not come to its end. */
  readonly failure?: string;
}

const AT_A_TIME = 8;

export async function runTopics(address: ServerAddress, topics: readonly Topic[]): Promise<readonly CaseResult[]> {
  const client = new ServerClient(address);
  const all = topics.flatMap(({ name: topic, cases, alone }) =>
    Object.entries(cases).map(([name, script]) => ({ topic, name, script, isAlone: alone.has(name) })),
  );
  const results: CaseResult[] = [];
  const work = async (waiting: typeof all): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { topic, name, script } = next;
      results.push({ topic, name, ...(await runCase(client, `${topic}: ${name}`, script)) });
    }
  };
  try {
    const together = all.filter(({ isAlone }) => !isAlone);
    await Promise.all(Array.from({ length: AT_A_TIME }, () => work(together)));
    await work(all.filter(({ isAlone }) => isAlone));
  } finally {
    client.close();
  }
  return results;
}

async function runCase(
  client: ServerClient,
  title: string,
  script: CaseScript,
): Promise<Pick<CaseResult, 'steps' | 'failure'>> {
  const session = new Session(client, namespaceOf(title));
  try {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: session.ns } };
    await session.setup('POST', '/api/v1/namespaces', namespace);
    await script(session);
    return { steps: session.steps };
  } catch (error) {
    return { steps: session.steps, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** The same in every run, so that it needs no mask; short, because other names are made of it. */
function namespaceOf(title: string): string {
  return `c${createHash('sha256').update(title).digest('hex').slice(0, 8)}`;
}
