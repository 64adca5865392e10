// Puts the parts together and starts them.
import { randomBytes } from 'node:crypto';
import { type JsonObject, systemClock, systemRandom } from '../common';
import { loopbackCertificate } from '../net';
import { startControllers } from './controllers';
import { CustomResources } from './crd';
import { DirectKubeApi } from './direct';
import { discoveryPaths } from './discovery';
import { authenticate, ADMINISTRATOR, HttpsServer, kubeconfigText, logEntry } from './http';
import { Journal } from './journal';
import { builtInKinds, tokenReviews } from './kinds';
import { openApiPaths } from './openapi';
import { ResourceRegistry } from './registry';
import { type ApiAnswer, type ApiRequest, bodyAnswer, RequestHandler, split } from './request';
import { type RunningSandbox, type SandboxOptions } from './sandbox.types';
import { ObjectStore, type StoredChange } from './storage';
import { Tables } from './table';
import { createObject, decodeObject, replaceObject, type SandboxCore, textOf } from './verbs';

/** Who the direct calls are. */
const DIRECT_AGENT = 'orkestra-sandbox';
const CONTROLLER_AGENT = 'kube-controller-manager';
const FIRST_NAMESPACES = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/**
 * Starts a Kubernetes API in this process. Rejects when the port is taken or the folder cannot be used.
 * @example
 * const sandbox = await startSandbox({ port: 0 });
 * await sandbox.api.list({ resource: CONFIG_MAPS });
 * await sandbox.stop();
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const registry = new ResourceRegistry();
  const customResources = new CustomResources(registry, systemClock);
  const token = randomBytes(24).toString('base64url');
  const more = {
    'apiextensions.k8s.io/customresourcedefinitions': customResources.strategy,
    'authentication.k8s.io/tokenreviews': tokenReviews(token),
  };
  for (const definition of builtInKinds(more)) registry.add(definition);
  const journal = options.dataFolder === undefined ? undefined : new Journal(options.dataFolder);
  const store = storeWith(journal);
  const core: SandboxCore = { store, registry, clock: systemClock, random: systemRandom };
  registry.onChange(() => beginCustom(core));
  tellRecovered(core);
  makeNamespaces(core);
  const handler = new RequestHandler({
    core,
    paths: [discoveryPaths(registry), openApiPaths(registry)],
    tables: new Tables(systemClock),
  });
  const observe = observer(options);
  const api = new DirectKubeApi({
    core,
    handler,
    userAgent: DIRECT_AGENT,
    observe:
      observe &&
      (({ method, target }, code): void =>
        observe({ method, target, headers: { 'user-agent': DIRECT_AGENT } }, ADMINISTRATOR, code, systemClock.now())),
  });
  // What the controllers do is not in the request log: it is the sandbox's own work.
  const ownApi = new DirectKubeApi({ core, handler, userAgent: CONTROLLER_AGENT, observe: undefined });
  customResources.start(ownApi);
  const finalize = namespaceFinalizer(core);
  const controllers = startControllers({ api: ownApi, registry, clock: systemClock, finalize }, options);
  const server = options.port === undefined ? undefined : await listen(handler, token, options.port, observe);
  return {
    api,
    url: server?.url,
    caPem: server?.caPem,
    token,
    kubeconfig(): string {
      if (server === undefined) throw new Error('a sandbox without a socket has no kubeconfig');
      return kubeconfigText({ url: server.url, caPem: server.caPem, token });
    },
    compactHistory: () => store.compact(),
    async stop(): Promise<void> {
      await controllers.stop();
      await customResources.stop();
      await server?.https.close();
      journal?.close();
    },
  };
}

type Observe = (
  request: Pick<ApiRequest, 'method' | 'target' | 'headers'>,
  username: string,
  code: number,
  received: number,
  answer?: string,
) => void;

function observer({ onRequest }: SandboxOptions): Observe | undefined {
  if (onRequest === undefined) return undefined;
  return (request, username, code, received, answer) =>
    onRequest(logEntry({ request, username, code, received, answer }, systemClock));
}

interface Listening {
  readonly https: HttpsServer;
  readonly url: string;
  readonly caPem: string;
}

async function listen(
  handler: RequestHandler,
  token: string,
  port: number,
  observe: Observe | undefined,
): Promise<Listening> {
  const certificate = await loopbackCertificate('orkestra sandbox', systemClock.now());
  const https = new HttpsServer(certificate, async (request) => {
    const received = systemClock.now();
    const user = authenticate(request, token);
    const answer = typeof user === 'string' ? await handler.handle(request) : refusal(user.status, request);
    const text = 'body' in answer && typeof answer.body === 'string' ? answer.body : undefined;
    observe?.(request, typeof user === 'string' ? user : 'system:anonymous', answer.code, received, text);
    return answer;
  });
  const url = `https://127.0.0.1:${await https.listen(port)}`;
  return { https, url, caPem: certificate.caPem };
}

function refusal(status: Parameters<typeof bodyAnswer>[1], request: ApiRequest): ApiAnswer {
  const { query } = split(request.target);
  return bodyAnswer(Number(status['code']), status, { format: 'json', view: undefined }, request, query);
}

/** A store that begins with what the journal held and tells it every change. */
function storeWith(journal: Journal | undefined): ObjectStore {
  if (journal === undefined) return new ObjectStore();
  const { recovered } = journal;
  const store = new ObjectStore({
    onChange: (change) => journal.append(change),
    ...(recovered === undefined ? {} : { revision: recovered.revision }),
  });
  for (const { resourceId, key, object } of recovered?.objects ?? []) {
    if (object !== undefined) store.restore(resourceId, key, object);
  }
  journal.source(() => ({ revision: store.revision, objects: changesOf(store) }));
  return store;
}

function* changesOf(store: ObjectStore): Iterable<StoredChange> {
  for (const { resourceId, entry } of store.all()) {
    const { namespace, name, object } = entry;
    yield { resourceId, key: { namespace, name }, revision: Number(textOf(object, 'resourceVersion')), object };
  }
}

/** A custom resource has no past from before it was served. */
function beginCustom({ store, registry }: SandboxCore): void {
  for (const { id, isCustom } of registry.all()) {
    if (isCustom) store.begin(id);
  }
}

/** Kinds that act on their objects (CRDs are served) hear of those that were there. */
function tellRecovered({ store, registry }: SandboxCore): void {
  for (const { id, strategy } of [...registry.all()]) {
    if (strategy.changed === undefined) continue;
    for (const object of store.list(id)) strategy.changed('created', object);
  }
}

/** PUT of namespaces/<name>/finalize. */
function namespaceFinalizer(core: SandboxCore): (namespace: JsonObject) => Promise<void> {
  return (namespace) => {
    const served = core.registry.find('', 'v1', 'namespaces');
    if (served === undefined) return Promise.resolve();
    const target = { ...served, namespace: '', name: textOf(namespace, 'name'), subresource: 'finalize' };
    const options = { fieldManager: CONTROLLER_AGENT };
    replaceObject(core, target, decodeObject(target, namespace, options), options);
    return Promise.resolve();
  };
}

function makeNamespaces(core: SandboxCore): void {
  const served = core.registry.find('', 'v1', 'namespaces');
  if (served === undefined) return;
  for (const name of FIRST_NAMESPACES) {
    if (core.store.get(served.definition.id, '', name) !== undefined) continue;
    const target = { ...served, namespace: '' };
    const options = { fieldManager: 'kube-apiserver' };
    createObject(core, target, decodeObject(target, { metadata: { name } }, options), options);
  }
}
