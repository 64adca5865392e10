// `ork validate` as a user waits for it: a new process each time.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { largeKatalog, TEMPLATES_PER_CRD } from './large-katalog';

const ROOT = join(__dirname, '../..');
const RUNS = 7;
const LIMIT_MS = 60_000;
/** CRDs of the large Katalog. */
const CRDS = 1_000;

export interface LargeValidate {
  readonly crds: number;
  readonly templates: number;
  readonly hasManifests: boolean;
  /** Wall time of each run, from the start of the process to its end. */
  readonly ms: readonly number[];
  /** The most resident memory of each run. */
  readonly peakMiB: readonly number[];
}

/** The sample: wall time of each run, ms. */
export function measureValidate(): readonly number[] {
  const sample = join(ROOT, 'examples/beginner/01-hello-website/katalog.yaml');
  return Array.from({ length: RUNS }, () => validate(sample).ms);
}

/** A Katalog of very many CRDs: their types named in the Katalog, or each by a manifest in a file of its own. */
export function measureLargeValidate(hasManifests: boolean): LargeValidate {
  const folder = mkdtempSync(join(tmpdir(), 'ork-bench-'));
  try {
    for (const [path, text] of largeKatalog(CRDS, hasManifests)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const runs = Array.from({ length: RUNS }, () => validate(join(folder, 'katalog.yaml')));
    return {
      crds: CRDS,
      templates: CRDS * TEMPLATES_PER_CRD,
      hasManifests,
      ms: runs.map(({ ms }) => ms),
      peakMiB: runs.map(({ peakMiB }) => peakMiB),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function validate(file: string): { readonly ms: number; readonly peakMiB: number } {
  const args = ['--require', join(__dirname, 'report-peak.js'), join(ROOT, 'dist/cli/ork.js'), 'validate', '-f', file];
  const began = performance.now();
  const { status, output } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    encoding: 'utf8',
  });
  const ms = performance.now() - began;
  if (status !== 0) throw new Error(`ork validate -f ${file} ended with ${status}: ${output[2]}`);
  return { ms, peakMiB: Number(output[3]) / 1024 };
}
