// What a process tells `ork run`, its parent, over the IPC channel, and what it does for one that was killed. Without a
// parent nothing is sent.
import { rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Why a process that is ready does not reconcile. */
export interface Standby {
  /** Identity of who leads. */
  readonly holder: string;
  /** Namespace and name. */
  readonly lease: string;
}

/** Sent as JSON over the IPC channel. */
export type ParentMessage =
  /** Which cluster this process talks to; sent before the first request. */
  | { readonly type: 'cluster'; readonly context: string; readonly server: string; readonly namespace: string }
  /** The HTTP port is bound. */
  | { readonly type: 'listening'; readonly url: string }
  /** Everything that runs is running. `standby`: but another process leads. */
  | { readonly type: 'ready'; readonly standby?: Standby }
  /** The process ends with exit code 1; the parent prints the message. */
  | { readonly type: 'fatal'; readonly message: string; readonly stack?: string };

/** True when the message went out. */
export function tellParent(message: ParentMessage): boolean {
  if (process.send === undefined || !process.connected) return false;
  process.send(message);
  return true;
}

/** Removes the kubeconfig of a parent that was killed, and its folder when nothing else is in it. */
export function tidyUpAfter(runFolder: string): void {
  try {
    rmSync(join(runFolder, 'kubeconfig'), { force: true });
    rmdirSync(runFolder);
  } catch {
    // Another process of the run was first.
  }
}
