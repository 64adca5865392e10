// Against real servers on loopback: what a runtime answers, and what somebody else may answer.
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { readOverviews, type RuntimeOverview } from './overview';
import { RuntimeReader } from './runtime-reader';

type Answers = Readonly<Record<string, readonly [number, string] | undefined>>;

const CRD = { name: 'website', endpoints: { infoEnabled: true } };
const CRS = { crd: 'website', items: [{ name: 'hello' }] };
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A path without an answer hangs. */
async function serve(answers: Answers): Promise<string> {
  const server = createServer(({ url = '' }, response) => {
    const answer = answers[url];
    if (answer === undefined) return;
    const [code, body] = answer;
    response.writeHead(code, code === 302 ? { location: body } : {}).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function read(url: string, timeoutMs?: number): Promise<RuntimeOverview | undefined> {
  return (await readOverviews([new RuntimeReader(url, timeoutMs)]))[0];
}

const json = (value: unknown, code = 200): readonly [number, string] => [code, JSON.stringify(value)];

it('tells CRDs with their resources, also of a degraded runtime', async () => {
  const url = await serve({ '/katalog': json({ crds: [CRD] }, 503), '/katalog/website/cr': json(CRS) });
  expect(await read(url)).toEqual({
    url,
    katalog: { crds: [CRD] },
    crds: [{ crd: CRD, crs: CRS.items, problem: undefined }],
  });
});

it('tells the CRDs though the resources of one are not known', async () => {
  const hidden = { name: 'secret', endpoints: { infoEnabled: false } };
  const url = await serve({
    '/katalog': json({ crds: [CRD, hidden] }),
    '/katalog/website/cr': json({ error: 'the cache of "website" is not filled yet' }, 503),
  });
  expect(await read(url)).toMatchObject({
    crds: [
      { crs: [], problem: 'the cache of "website" is not filled yet' },
      { crs: [], problem: 'the Katalog switches this view off' },
    ],
  });
});

it('keeps the order of the runtimes, and one that is away takes nothing from the others', async () => {
  const [away, here] = [await serve({}), await serve({ '/katalog': json({ crds: [] }) })];
  const found = await readOverviews([new RuntimeReader(away, 100), new RuntimeReader(here)]);
  expect(found).toEqual([
    { url: away, problem: 'no answer within 0.1 s' },
    { url: here, katalog: { crds: [] }, crds: [] },
  ]);
});

it('says that nobody listens', async () => {
  const url = await serve({});
  const [server] = servers.splice(0);
  await new Promise((resolve) => server?.close(resolve));
  expect(await read(url)).toEqual({ url, problem: 'nobody listens there (ECONNREFUSED)' });
});

it.each([
  ['HTML', [200, '<h1>It works</h1>']],
  ['a list', json([])],
  ['another object', json({ error: 'Not Found' }, 404)],
  ['CRDs that are none', json({ crds: ['<script>'] })],
] as const)('says that %s is not the answer of a runtime', async (_what, answer) => {
  const url = await serve({ '/katalog': answer });
  expect(await read(url)).toEqual({ url, problem: 'what answers there is no Orkestra runtime' });
});

it('follows nobody to a third place', async () => {
  const third = await serve({ '/katalog': json({ crds: [] }) });
  const url = await serve({ '/katalog': [302, `${third}/katalog`] });
  expect(await read(url)).toMatchObject({ url, problem: expect.stringMatching(/redirect/) });
});
