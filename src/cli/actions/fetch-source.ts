// What a Katalog names outside of this machine's files. A bundle of its own: most Katalogs never need it.
import { VERSION } from '../../modules/common';
import { type LendKubeApi, processFetcher, type SourceFiles, type SourceRequest } from '../../modules/katalog';
import { readSettings, type Settings } from '../../modules/konfig';
import { HttpKubeApi, HttpTransport, resolveCluster } from '../../modules/kube';

const USER_AGENT = `orkestra/${VERSION} (ork)`;

/** Rejects with an OrkestraError that says what was tried. */
export function fetchSource(request: SourceRequest, signal: AbortSignal): Promise<SourceFiles> {
  const settings = readSettings(process.env);
  const warn = (line: string): void => void process.stderr.write(`${line}\n`);
  const kube = lendKubeApi(settings);
  return processFetcher({ settings, userAgent: USER_AGENT, kube, warn })(request, signal);
}

/** Where kubectl would look. */
function lendKubeApi({ kube: { kubeconfig, context, environment } }: Settings): LendKubeApi {
  return async (work) => {
    const resolve = (): ReturnType<typeof resolveCluster> => resolveCluster({ kubeconfig, context }, environment);
    const transport = new HttpTransport({ config: await resolve(), userAgent: USER_AGENT, resolveAgain: resolve });
    try {
      return await work(new HttpKubeApi(transport));
    } finally {
      await transport.close();
    }
  };
}
