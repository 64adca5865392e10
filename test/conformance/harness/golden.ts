// The answers of the real server, one file a topic, one line a step.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TopicName } from './conformance-case';
import { type CaseResult } from './run-topics';
import { type RecordedStep } from './session';

const FOLDER = join(__dirname, '..', 'golden');

export interface GoldenTopic {
  /** Version of the server that gave the answers. */
  readonly kubernetes: string;
  readonly cases: Readonly<Record<string, readonly RecordedStep[]>>;
}

export function readGolden(topic: TopicName): GoldenTopic {
  const file = join(FOLDER, `${topic}.json`);
  if (!existsSync(file)) return { kubernetes: '', cases: {} };
  return JSON.parse(readFileSync(file, 'utf8')) as GoldenTopic;
}

/** Cases sorted by name: the order of a run is by chance. */
export function writeGolden(topic: TopicName, kubernetes: string, results: readonly CaseResult[]): void {
  const cases = [...results]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, steps }) => {
      const lines = steps.map((step) => `   ${JSON.stringify(step)}`).join(',\n');
      return `  ${JSON.stringify(name)}: [\n${lines}\n  ]`;
    });
  const text = `{\n "kubernetes": ${JSON.stringify(kubernetes)},\n "cases": {\n${cases.join(',\n')}\n }\n}\n`;
  writeFileSync(join(FOLDER, `${topic}.json`), text);
}
