// The fetcher of a process by its settings. Connections live for one source.
import { type Settings } from '../../konfig';
import { type HttpClient, OciClient, outboundClient } from '../../net';
import { type SourceFetcher } from '../source/fetched-texts';
import { type FetchPorts } from './fetch-ports';
import { sourceFetcher } from './fetch-source';

export interface ProcessFetcherOptions {
  readonly settings: Pick<Settings, 'outbound' | 'oci' | 'variables'>;
  /** `orkestra/<version> (<process>)`. */
  readonly userAgent: string;
  readonly kube: FetchPorts['kube'];
  /** What goes wrong without harm: a cache that can't be written. */
  readonly warn: (line: string) => void;
}

export function processFetcher({ settings, userAgent, kube, warn }: ProcessFetcherOptions): SourceFetcher {
  return async (request, signal) => {
    let client: HttpClient | undefined;
    const http = (): HttpClient => (client ??= outboundClient(settings.outbound, userAgent));
    const oci = (): OciClient => new OciClient({ http: http(), settings: settings.oci, warn });
    const { variables: environment } = settings;
    try {
      return await sourceFetcher({ http, oci, kube, environment, stdin: process.stdin })(request, signal);
    } finally {
      await client?.close();
    }
  };
}
