import { isJsonObject, OrkestraError } from '../../common';
import { isNotFound } from '../../kube';
import { type SourceFiles, type SourceRequest } from '../source/source-texts';
import { type LendKubeApi } from './fetch-ports';

const CONFIG_MAPS = { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true } as const;
/** The keys that hold a Katalog, in this order; else the only key. */
const KEYS = ['katalog.yaml', 'katalog', 'komposer.yaml'];

/**
 * The Katalog in a ConfigMap, first; its other keys are files beside it. Rejects with a UserError that names the
 * ConfigMap, and with what the API server says.
 */
export async function fetchConfigMap(
  { namespace, name }: Extract<SourceRequest, { kind: 'configMap' }>,
  kube: LendKubeApi | undefined,
  signal: AbortSignal,
): Promise<SourceFiles> {
  const container = `configmap://${namespace}/${name}`;
  const refuse = (message: string): OrkestraError =>
    new OrkestraError({ code: 'SOURCE_MISSING', kind: 'UserError', message: `${container}: ${message}` });
  if (kube === undefined) throw refuse('no cluster is asked here: save it as a file');
  const found = await kube((api) => api.get({ resource: CONFIG_MAPS, namespace, name }, { signal })).catch(
    (error: unknown) => {
      if (isNotFound(error)) throw refuse('there is no such ConfigMap');
      throw error;
    },
  );
  const data = isJsonObject(found['data']) ? found['data'] : {};
  const texts = Object.entries(data).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  );
  const main = KEYS.find((key) => key in data) ?? (texts.length === 1 ? texts[0]?.[0] : undefined);
  if (main === undefined) {
    const keys = texts.map(([key]) => key).join(', ');
    throw refuse(`expected the key ${KEYS[0] ?? ''}, found ${keys === '' ? 'no data' : keys}`);
  }
  const sorted = [...texts.filter(([key]) => key === main), ...texts.filter(([key]) => key !== main)];
  return { container, texts: new Map(sorted) };
}
