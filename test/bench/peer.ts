// The Go peer, built once into a cache outside the checkout that is keyed by its sources.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const SOURCES = join(__dirname, 'peer-go');
const FILES = ['go.mod', 'go.sum', 'main.go', 'website.go'];

/** Path of the binary. */
export function buildPeer(): string {
  const hash = createHash('sha256');
  for (const file of FILES) hash.update(readFileSync(join(SOURCES, file)));
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folder = join(cache, 'orkestra', 'bench', hash.digest('hex').slice(0, 16));
  const binary = join(folder, 'peer-go');
  if (existsSync(binary)) return binary;
  console.log('building the Go peer (once)');
  mkdirSync(folder, { recursive: true });
  const unfinished = `${binary}.${process.pid}.tmp`;
  execFileSync('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', unfinished, '.'], {
    cwd: SOURCES,
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  renameSync(unfinished, binary);
  return binary;
}
