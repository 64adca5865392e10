// A Go program of the bench, built once into a cache outside the checkout that is keyed by its sources.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Builds the program of a folder beside this file; the path of its binary. */
export function buildGoProgram(name: 'peer-go' | 'template-go'): string {
  const sources = join(__dirname, name);
  const hash = createHash('sha256');
  for (const file of readdirSync(sources).sort()) hash.update(readFileSync(join(sources, file)));
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folder = join(cache, 'orkestra', 'bench', hash.digest('hex').slice(0, 16));
  const binary = join(folder, name);
  if (existsSync(binary)) return binary;
  console.log(`building ${name} (once)`);
  mkdirSync(folder, { recursive: true });
  const unfinished = `${binary}.${process.pid}.tmp`;
  execFileSync('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', unfinished, '.'], {
    cwd: sources,
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  renameSync(unfinished, binary);
  return binary;
}
