// Cases in which the sandbox answers otherwise and will go on to, with the reason; docs/sandbox.md tells the same. At
// most 15, none in the topics verbs, patches and watch. What the sandbox shall still learn stands in pending.json.
import { type TopicName } from './harness/conformance-case';

export interface AcceptedDifference {
  readonly topic: TopicName;
  readonly name: string;
  readonly reason: string;
}

export const ACCEPTED: readonly AcceptedDifference[] = [];
