// What undici and the sockets throw, in our words. A FencedError passes unchanged: nothing was sent.
import { networkFailure, OrkestraError } from '../../common';
import { FencedError, KubeTransportError } from '../kube.errors';

interface Described {
  readonly verb: string;
  readonly what: string;
}

export function transportError(error: unknown, call: Described, server: string): KubeTransportError {
  if (error instanceof FencedError) throw error;
  if (error instanceof KubeTransportError) return error;
  const request = { verb: call.verb, what: `${call.verb} ${call.what}` };
  const made = (reason: KubeTransportError['reason'], message: string): KubeTransportError =>
    new KubeTransportError(request, reason, message, error);
  if (error instanceof OrkestraError) return made('credentials', `the credentials can't be renewed: ${error.message}`);
  const { reason, codes } = networkFailure(error);
  switch (reason) {
    case 'aborted':
      return made('aborted', 'stopped');
    case 'refused':
      return made('refused', `nobody listens at ${server}`);
    case 'unreachable':
      return made('refused', `there is no way to ${server} (${codes.join(', ')})`);
    case 'dns':
      return made('dns', `the name of ${server} can't be resolved`);
    case 'timeout':
      return made('timeout', `no answer from ${server} in time`);
    case 'tls':
      return made('tls', `TLS to ${server} failed (${codes.join(', ')})`);
    case 'reset':
      return made('reset', `the connection to ${server} broke`);
    case 'protocol':
      // The library's own words may quote what was sent: only the code is told.
      return made(
        'protocol',
        `the exchange with ${server} failed${codes.length === 0 ? '' : ` (${codes.join(', ')})`}`,
      );
  }
}
