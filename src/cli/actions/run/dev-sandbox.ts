// The cluster of `ork run --dev`: a Kubernetes API in this process, and a kubeconfig for it in a folder of its own. The
// user's kubeconfig is neither read nor written.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { LEASE_NAME, OrkestraError } from '../../../modules/common';
import { type RunningSandbox } from '../../../modules/sandbox';
import { type RunOptions } from '../run.types';

/** The process id follows, so that a later run can tell what a killed one left behind. */
const FOLDER = 'orkestra-dev-';
const LEASES = { group: 'coordination.k8s.io', version: 'v1', kind: 'Lease', plural: 'leases', namespaced: true };
const NAMESPACES = { group: '', version: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false };

/** Whether the run has a cluster of its own: `--dev`, unless the command line names another one (DESIGN decision 15). */
export function wantsSandbox({ dev, data, kubeconfig, context }: RunOptions): boolean {
  const isNamed = kubeconfig !== undefined || context !== undefined;
  if (data !== undefined && (dev !== true || isNamed)) {
    const message = '--data keeps the objects of the embedded Kubernetes API: it goes with --dev, and with no cluster';
    throw new OrkestraError({ code: 'OPTION_INVALID', kind: 'UserError', message });
  }
  return dev === true && !isNamed;
}

export class DevSandbox {
  private constructor(
    private readonly sandbox: RunningSandbox,
    /** Holds the kubeconfig alone. */
    readonly folder: string,
  ) {
    // A second Ctrl-C ends the process where it stands.
    process.once('exit', this.forget);
  }

  static async start({ data, namespace }: RunOptions): Promise<DevSandbox> {
    removeAbandoned(tmpdir());
    // Not part of the bundle: it reads tables that lie beside it, and a run on a real cluster never loads it.
    const { startSandbox } = await import('../../../modules/sandbox/index.js');
    const sandbox = await startSandbox({ port: 0, ...(data === undefined ? {} : { dataFolder: resolve(data) }) });
    try {
      if (namespace !== undefined) await ensureNamespace(sandbox, namespace);
      if (data !== undefined) await freeLeases(sandbox);
      const folder = mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`));
      const started = new DevSandbox(sandbox, folder);
      writeFileSync(started.kubeconfig, sandbox.kubeconfig(), { mode: 0o600 });
      return started;
    } catch (error) {
      await sandbox.stop();
      throw error;
    }
  }

  /** Path of the kubeconfig; it holds the token. */
  get kubeconfig(): string {
    return join(this.folder, 'kubeconfig');
  }

  /** Its only context. */
  get context(): string {
    return 'sandbox';
  }

  async stop(): Promise<void> {
    this.forget();
    process.off('exit', this.forget);
    await this.sandbox.stop();
  }

  private readonly forget = (): void => rmSync(this.folder, { recursive: true, force: true });
}

/** `-n` may name one that nobody made: there is nobody else here who would. */
async function ensureNamespace({ api }: RunningSandbox, name: string): Promise<void> {
  const { items } = await api.list({ resource: NAMESPACES, fieldSelector: `metadata.name=${name}` });
  if (items.length === 0) await api.create(NAMESPACES, undefined, { metadata: { name } });
}

/**
 * Who held a lease is gone: it reached the API server of a run that is over, whose address and token nobody serves any
 * more, and the folder is this run's alone. Without this the runtime would wait until the lease is over, as it must on
 * a cluster, where a leader may live that nobody hears.
 */
async function freeLeases({ api }: RunningSandbox): Promise<void> {
  const { items } = await api.list({ resource: LEASES, fieldSelector: `metadata.name=${LEASE_NAME}` });
  for (const { metadata } of items) {
    const ref = { resource: LEASES, name: metadata.name, namespace: metadata.namespace ?? '' };
    await api.patch(ref, { type: 'merge', body: { spec: { holderIdentity: '' } } });
  }
}

/** What runs that were killed could not remove: folders of processes that are gone. */
export function removeAbandoned(temporary: string): void {
  for (const name of readdirSync(temporary)) {
    const pid = name.startsWith(FOLDER) ? Number.parseInt(name.slice(FOLDER.length), 10) : Number.NaN;
    if (!Number.isInteger(pid) || isAlive(pid)) continue;
    try {
      rmSync(join(temporary, name), { recursive: true, force: true });
    } catch {
      // Another user's.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
