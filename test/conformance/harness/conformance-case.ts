// A case is a name and a script over a session; the answers that the script meets are what is compared.
import { type Session } from './session';

export type CaseScript = (k: Session) => Promise<unknown>;

/** By name: what the server is expected to do, as a sentence. */
export type CaseTable = Readonly<Record<string, CaseScript>>;

export type TopicName = 'discovery' | 'verbs' | 'patches' | 'watch' | 'crds' | 'kinds' | 'garbage';

export interface Topic {
  readonly name: TopicName;
  /** Controllers run beside the API server; without them nothing but the case itself writes. */
  readonly needsControllers: boolean;
  readonly cases: CaseTable;
  /** Names of cases that run after all others, one by one: they change the server for everybody. */
  readonly alone: ReadonlySet<string>;
}

export interface TopicOptions {
  readonly needsControllers?: boolean;
  readonly alone?: CaseTable;
}

/** Joins the tables of a topic; a name that stands twice is an error. */
export function topic(name: TopicName, tables: readonly CaseTable[], options: TopicOptions = {}): Topic {
  const { needsControllers = false, alone = {} } = options;
  const cases: Record<string, CaseScript> = {};
  for (const [title, script] of [...tables, alone].flatMap((table) => Object.entries(table))) {
    if (title in cases) throw new Error(`${name}: two cases are named "${title}"`);
    cases[title] = script;
  }
  return { name, needsControllers, cases, alone: new Set(Object.keys(alone)) };
}
