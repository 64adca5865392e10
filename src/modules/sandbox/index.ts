/**
 * L3: a Kubernetes API in this process, over loopback HTTPS and by direct call. A development tool, never a production
 * store.
 */
export { startSandbox } from './sandbox';
export type { RequestLogEntry, RunningSandbox, SandboxOptions } from './sandbox.types';
