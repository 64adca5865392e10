// Real clients on both servers: kubectl, client-go and @kubernetes/client-node do the same things on the real control plane
// and on the sandbox, and are told the same.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { SandboxPlane } from '../sandbox/support/sandbox-plane';
import { Masks } from '../conformance/harness/masks';
import { KUBECTL_STEPS, type KubectlStep } from './clients/kubectl';
import { assetsFolder, ControlPlane } from './support/control-plane';
import { type Plane } from './support/plane';
import { CRD_MANIFEST, WEBSITES } from './support/websites';
import { eventually } from './support/eventually';

const RUN_MS = 120_000;
const KUBECTL = join(assetsFolder(), 'kubectl');
const OPTIONS = { runsWorkloads: true, manifests: [CRD_MANIFEST] };

interface Told {
  readonly exit: number;
  readonly lines: readonly string[];
}

interface Transcript {
  readonly kubectl: readonly Told[];
  readonly go: Told;
  readonly javascript: Told;
}

let planes: readonly Plane[] = [];
let real: Transcript;
let sandbox: Transcript;

beforeAll(async () => {
  planes = await Promise.all([ControlPlane.start(OPTIONS), SandboxPlane.start(OPTIONS)]);
  const [first, second] = await Promise.all(planes.map(transcript));
  real = first!;
  sandbox = second!;
}, RUN_MS);

afterAll(() => Promise.all(planes.map((plane) => plane.stop())));

async function transcript(plane: Plane): Promise<Transcript> {
  await eventually('websites are served', async () => plane.api.list({ resource: WEBSITES, limit: 1 }));
  const go = goClient().then((file) => tell(file, [plane.kubeconfig]));
  const javascript = tell(process.execPath, [join(__dirname, 'clients', 'javascript.mjs'), plane.kubeconfig]);
  const told: Told[] = [];
  for (const step of KUBECTL_STEPS) told.push(await kubectl(plane, step));
  return { kubectl: told, go: await go, javascript: await javascript };
}

async function kubectl(plane: Plane, { args, input }: KubectlStep): Promise<Told> {
  const own = ['--kubeconfig', plane.kubeconfig, '--cache-dir', join(plane.folder, 'kubectl-cache')];
  return tell(KUBECTL, [...args.split(' '), ...own], input);
}

async function goClient(): Promise<string> {
  const { lines } = await tell(process.execPath, [join(__dirname, '../../scripts/kube-client.js')]);
  return lines[0] ?? '';
}

/** What a program wrote, without what differs from run to run. */
function tell(file: string, args: readonly string[], input?: string): Promise<Told> {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1' };
    const child = execFile(file, args, { env }, (error, stdout, stderr) => {
      const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      const lines = `${stdout}${exit === 0 ? '' : stderr}`.trimEnd().split('\n').flatMap(settled);
      resolve({ exit, lines: new Masks().text(lines.join('\n')).split('\n') });
    });
    child.stdin?.end(input ?? '');
  });
}

/** Without the widths of columns, ages, the files of a diff and the hash of a pod template. */
function settled(line: string): readonly string[] {
  // `diff` names its files in a folder of the run.
  if (/^(diff|---|\+\+\+) /.test(line)) return [];
  const [, indent = '', text = ''] = /^( *)(.*)$/.exec(line) ?? [];
  const narrow = text.replace(/ {2,}/g, ' ').trimEnd();
  return [
    indent + narrow.replace(/\b(\d+(ms|[smh]))+(?= |$)/g, '<age>').replace(/\bweb-[0-9a-z]{7,10}\b/g, 'web-<hash>'),
  ];
}

function problem({ exit, lines }: Told): string {
  return exit === 0 ? '' : lines.join('\n');
}

const titles = KUBECTL_STEPS.map(({ args, exit }, index) => [`${index} kubectl ${args}`, index, exit ?? 0] as const);

it.each(titles)('%s', (_title, index, exit) => {
  const expected = real.kubectl[index]!;
  expect(expected).toMatchObject({ exit });
  expect(sandbox.kubectl[index]).toEqual(expected);
});

it('client-go: typed client in protobuf, informers, server-side apply, leader election', () => {
  expect(problem(real.go)).toBe('');
  expect(sandbox.go).toEqual(real.go);
});

it('@kubernetes/client-node: verbs, custom objects, watch, informer', () => {
  expect(problem(real.javascript)).toBe('');
  expect(sandbox.javascript).toEqual(real.javascript);
});
