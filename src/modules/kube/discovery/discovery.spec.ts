import { KubeApiError } from '../kube.errors';
import { json, type Script, ScriptedApiServer, status, text } from '../testing/scripted-api-server';
import { HttpKubeApi, HttpTransport } from '../transport';
import { Discovery } from './discovery';

const DEPLOYMENT = { group: 'apps', version: 'v1', kind: 'Deployment' };
const POD = { group: '', version: 'v1', kind: 'Pod' };

const aggregated = (group: string, version: string, kind: string, plural: string, scope = 'Namespaced'): object => ({
  metadata: group === '' ? {} : { name: group },
  versions: [{ version, resources: [{ resource: plural, responseKind: { group: '', kind }, scope }] }],
});

const modern: Script = ({ path }) => {
  const items =
    path === '/api'
      ? [aggregated('', 'v1', 'Pod', 'pods')]
      : [aggregated('apps', 'v1', 'Deployment', 'deployments'), aggregated('demo.io', 'v1', 'Box', 'boxen', 'Cluster')];
  return json(200, { kind: 'APIGroupDiscoveryList', items });
};

describe('Discovery', () => {
  let server: ScriptedApiServer;
  let transport: HttpTransport;

  async function start(script: Script): Promise<Discovery> {
    server = await ScriptedApiServer.start(script);
    transport = new HttpTransport({
      config: { server: server.url, insecureSkipTlsVerify: false, contextName: 'test', source: 'flag' },
      userAgent: 'orkestra/test (spec)',
    });
    return new Discovery(new HttpKubeApi(transport));
  }

  afterEach(async () => {
    await transport.close();
    await server.close();
  });

  it('maps a kind to its resource, with the plural and scope that the server says', async () => {
    const discovery = await start(modern);
    expect(await discovery.resourceFor(POD)).toEqual({ ...POD, plural: 'pods', namespaced: true });
    expect(await discovery.resourceFor(DEPLOYMENT)).toEqual({ ...DEPLOYMENT, plural: 'deployments', namespaced: true });
    const box = { group: 'demo.io', version: 'v1', kind: 'Box' };
    expect(await discovery.resourceFor(box)).toEqual({ ...box, plural: 'boxen', namespaced: false });
    expect(await discovery.resourceFor({ ...box, version: 'v2' })).toBeUndefined();
  });

  it('asks once for everybody, and again when it was invalidated', async () => {
    const discovery = await start(modern);
    await Promise.all([discovery.resourceFor(POD), discovery.resourceFor(DEPLOYMENT)]);
    await discovery.resourceFor(POD);
    expect(server.seen).toHaveLength(2);
    discovery.invalidate();
    await discovery.resourceFor(POD);
    expect(server.seen).toHaveLength(4);
  });

  it('asks an old server group by group', async () => {
    const discovery = await start(({ path }) => {
      switch (path) {
        case '/api':
          return json(200, { kind: 'APIVersions', versions: ['v1'] });
        case '/apis':
          return json(200, {
            kind: 'APIGroupList',
            groups: [{ name: 'apps', versions: [{ groupVersion: 'apps/v1', version: 'v1' }] }],
          });
        case '/api/v1':
          return json(200, {
            resources: [
              { name: 'pods', kind: 'Pod', namespaced: true },
              { name: 'pods/eviction', kind: 'Eviction', namespaced: true },
            ],
          });
        default:
          return json(200, { resources: [{ name: 'deployments', kind: 'Deployment', namespaced: true }] });
      }
    });
    expect(await discovery.resourceFor(POD)).toEqual({ ...POD, plural: 'pods', namespaced: true });
    expect(await discovery.resourceFor(DEPLOYMENT)).toMatchObject({ plural: 'deployments' });
    expect(await discovery.resourceFor({ ...POD, kind: 'Eviction' })).toBeUndefined();
  });

  it('rejects when the server can not be asked, and asks again next time', async () => {
    const discovery = await start((request, count) => (count < 2 ? status(403, 'Forbidden') : modern(request, count)));
    await expect(discovery.resourceFor(POD)).rejects.toBeInstanceOf(KubeApiError);
    await expect(discovery.resourceFor(POD)).resolves.toMatchObject({ plural: 'pods' });
  });

  it('rejects an answer that is no JSON and does not repeat it', async () => {
    const discovery = await start(() => text(200, '<html>hello</html>'));
    await expect(discovery.resourceFor(POD)).rejects.toMatchObject({
      reason: 'protocol',
      message: expect.stringMatching(/^get \/apis?: the answer is not a JSON object$/),
    });
  });
});
