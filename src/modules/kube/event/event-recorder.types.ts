import { type Fence } from '../kube-api';
import { type KubeObject } from '../kube-object';

export interface KubeEvent {
  readonly regarding: KubeObject;
  readonly type: 'Normal' | 'Warning';
  /** UpperCamelCase, a constant of the module that emits it. */
  readonly reason: string;
  readonly message: string;
  /** What was attempted, for `events.k8s.io/v1`. */
  readonly action?: string;
  /** Asked when the Event is sent: a process that lost the lease says nothing more (engine contract §5). */
  readonly fence?: Fence;
}

/** Fire and forget, on a lane of its own: Events never delay a child (engine contract §2.9). */
export interface EventRecorder {
  record(event: KubeEvent): void;
  /** Waits until everything recorded was sent, at most this long; the rest is dropped. */
  flush(deadlineMs: number): Promise<void>;
}
