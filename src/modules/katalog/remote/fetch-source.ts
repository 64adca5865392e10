// One fetcher for every kind of source. What a kind needs is made when the first source of that kind is asked for: a
// Katalog of local files opens no connection and starts no program.
import { type SourceFetcher } from '../source/fetched-texts';
import { type FetchPorts } from './fetch-ports';
import { fetchConfigMap } from './config-map-source';
import { fetchGit } from './git-source';
import { fetchHelm } from './helm-source';
import { fetchHttp } from './http-source';
import { fetchOci } from './oci-source';
import { readStdin } from './stdin-source';

export function sourceFetcher(ports: FetchPorts): SourceFetcher {
  return (request, signal) => {
    switch (request.kind) {
      case 'stdin':
        return readStdin(ports.stdin, signal);
      case 'http':
        return fetchHttp(request, ports, signal);
      case 'oci':
        return fetchOci(request, ports, signal);
      case 'git':
        return fetchGit(request, ports.environment, signal);
      case 'helm':
        return fetchHelm(request, ports.environment, signal);
      case 'configMap':
        return fetchConfigMap(request, ports.kube, signal);
    }
  };
}
