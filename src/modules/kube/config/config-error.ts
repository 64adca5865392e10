import { OrkestraError } from '../../common';

/** The kubeconfig or what it names is wrong: the message says which file, what was found and what to do. */
export function configError(message: string, cause?: unknown): OrkestraError {
  return new OrkestraError({ code: 'CLUSTER_CONFIG', kind: 'UserError', message, cause });
}
