// At start a missing right ends the process with the rule that is missing; later it is a problem of one informer.
import { OrkestraError } from '../common';
import { ruleText } from '../katalog';
import { KubeApiError, type SharedInformer } from '../kube';

const LOOK_MS = 50;

/** Whether the API server said that we may not. */
export function isRefused(error: OrkestraError | undefined): error is KubeApiError {
  return error instanceof KubeApiError && [401, 403].includes(error.status.code);
}

/** Resolves when the informer is synced, its resource isn't served, the API server refuses it, or the signal aborts. */
export function settled(informer: SharedInformer, signal: AbortSignal): Promise<void> {
  const isSettled = (): boolean =>
    informer.hasSynced || informer.isMissing || signal.aborted || isRefused(informer.lastError);
  if (isSettled()) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!isSettled()) return;
      clearInterval(timer);
      resolve();
    }, LOOK_MS);
  });
}

/** As `settled`, but rejects on 401 and 403. A server that can't be reached is waited for. */
export async function syncOrRefuse(informer: SharedInformer, signal: AbortSignal): Promise<void> {
  await settled(informer, signal);
  const { lastError } = informer;
  if (!informer.hasSynced && !signal.aborted && isRefused(lastError)) {
    throw rightsMissing(lastError, missingRule(lastError, informer));
  }
}

/** The refusal, with the rule that would help. */
export function missingRule(refusal: KubeApiError, { scope }: Pick<SharedInformer, 'scope'>): string {
  const { plural, group } = scope.resource;
  const rule = ruleText({ apiGroups: [group], resources: [plural], verbs: ['get', 'list', 'watch'] });
  return `${refusal.message}; add to the ClusterRole of the account:\n  ${rule}`;
}

function rightsMissing(cause: KubeApiError, message: string): OrkestraError {
  return new OrkestraError({ code: 'RIGHTS_MISSING', kind: 'UserError', message, cause });
}
