// `ork validate` as a user waits for it, and the load of a large Katalog: a new process each time.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { largeKatalog, TEMPLATES_PER_CRD } from './large-katalog';

const ROOT = join(__dirname, '../..');
const RUNS = 7;
const LIMIT_MS = 60_000;
/** CRDs of the large Katalog. */
const CRDS = 1_000;

export interface LargeLoad {
  readonly crds: number;
  readonly templates: number;
  readonly hasManifests: boolean;
  /** Load, compile and check of each run, without the start of the process. */
  readonly ms: readonly number[];
  /** From the start of the process to its end. */
  readonly wallMs: readonly number[];
  /** The most resident memory of each run. */
  readonly peakMiB: readonly number[];
}

/** The sample: wall time of each run, ms. */
export function measureValidate(): readonly number[] {
  const args = [join(ROOT, 'dist/cli/ork.js'), 'validate', '-f', 'examples/beginner/01-hello-website/katalog.yaml'];
  return Array.from({ length: RUNS }, () => {
    const began = performance.now();
    execFileSync(process.execPath, args, { cwd: ROOT, stdio: 'ignore', timeout: LIMIT_MS });
    return performance.now() - began;
  });
}

/** A Katalog of very many CRDs: their types named in the Katalog, or each by a manifest in a file of its own. */
export function measureLargeLoad(hasManifests: boolean): LargeLoad {
  const folder = mkdtempSync(join(tmpdir(), 'ork-bench-'));
  try {
    for (const [path, text] of largeKatalog(CRDS, hasManifests)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const runs = Array.from({ length: RUNS }, () => load(join(folder, 'katalog.yaml')));
    return {
      crds: CRDS,
      templates: CRDS * TEMPLATES_PER_CRD,
      hasManifests,
      ms: runs.map(({ ms }) => ms),
      wallMs: runs.map(({ wallMs }) => wallMs),
      peakMiB: runs.map(({ peakKiB }) => peakKiB / 1024),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function load(file: string): { readonly ms: number; readonly wallMs: number; readonly peakKiB: number } {
  const began = performance.now();
  const { status, output } = spawnSync(process.execPath, [join(__dirname, 'load-katalog.js'), file], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    encoding: 'utf8',
  });
  const wallMs = performance.now() - began;
  if (status !== 0) throw new Error(`the load of ${file} ended with ${status}: ${output[2]}`);
  return { wallMs, ...(JSON.parse(output[3] ?? '') as { readonly ms: number; readonly peakKiB: number }) };
}
