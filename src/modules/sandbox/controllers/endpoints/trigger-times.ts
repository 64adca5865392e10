// When what the endpoints of a Service tell came to be: written beside them, so that a client can measure how long it took.
import { type JsonObject } from '../../../common';
import { type KubeObject } from '../../../kube/port';
import { part, parts, textAt } from '../../kinds';
import { type Backend } from './backends';

const ANNOTATION = 'endpoints.kubernetes.io/last-change-trigger-time';

interface Seen {
  readonly service: string;
  readonly pods: ReadonlyMap<string, string>;
}

export class TriggerTimes {
  private readonly seen = new Map<string, Seen>();

  /** The annotation for what changed since the last call for this Service; none when nothing did. */
  annotation(key: string, service: KubeObject, backends: readonly Backend[]): JsonObject {
    const before = this.seen.get(key);
    const created = service.metadata.creationTimestamp ?? '';
    const pods = new Map(backends.map(({ pod }) => [pod.metadata.uid ?? '', readyTime(pod)]));
    this.seen.set(key, { service: created, pods });
    if (before === undefined) return { [ANNOTATION]: created };
    const changed = [...pods].filter(([uid, time]) => time > (before.pods.get(uid) ?? '')).map(([, time]) => time);
    if (created > before.service) changed.push(created);
    // Times in one form sort as text.
    const [first] = changed.sort();
    return first === undefined ? {} : { [ANNOTATION]: first };
  }

  forget(key: string): void {
    this.seen.delete(key);
  }
}

function readyTime(pod: KubeObject): string {
  const ready = parts(part(pod, 'status'), 'conditions').find((condition) => condition['type'] === 'Ready');
  return textAt(ready, 'lastTransitionTime') || (pod.metadata.creationTimestamp ?? '');
}
