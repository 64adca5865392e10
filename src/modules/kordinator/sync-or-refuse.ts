// At start a missing right ends the process with the rule that is missing; later it is a problem of one informer.
import { OrkestraError } from '../common';
import { ruleText } from '../katalog';
import { KubeApiError, type SharedInformer } from '../kube';

const LOOK_MS = 50;

/**
 * Resolves when the informer is synced or its resource isn't served; rejects on 401 and 403, and when the server can't
 * be reached at all.
 */
export function syncOrRefuse(informer: SharedInformer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setInterval(look, LOOK_MS);
    const end = (settle: () => void): void => {
      clearInterval(timer);
      settle();
    };
    function look(): void {
      if (informer.hasSynced || informer.isMissing || signal.aborted) end(resolve);
      const refusal = informer.lastError;
      if (refusal instanceof KubeApiError && [401, 403].includes(refusal.status.code)) {
        end(() => reject(denied(informer, refusal)));
      }
    }
    look();
  });
}

function denied(informer: SharedInformer, refusal: KubeApiError): OrkestraError {
  const { plural, group } = informer.scope.resource;
  const rule = ruleText({ apiGroups: [group], resources: [plural], verbs: ['get', 'list', 'watch'] });
  return new OrkestraError({
    code: 'RIGHTS_MISSING',
    kind: 'UserError',
    message: `${refusal.message}; add to the ClusterRole of the account:\n  ${rule}`,
    cause: refusal,
  });
}
