// What sources of other places bring: files of the project, without a network.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OrkestraError } from '../../../src/modules/common';
import { type SourceFiles, type SourceRequest } from '../../../src/modules/katalog';
import { type Project } from './projects';

/** The folder of a kind of source, below `served`; a URL is the file of its last name. Rejects when there is none. */
export function serve({ folder }: Project, request: SourceRequest): Promise<SourceFiles> {
  const base = join(folder, 'served', request.kind);
  try {
    if (request.kind === 'http') {
      const name = /[^/]*$/.exec(request.url)?.[0] ?? '';
      const files = { container: request.url, texts: new Map([['', readFileSync(join(base, name), 'utf8')]]) };
      return Promise.resolve(files);
    }
    const paths = readdirSync(base, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
    const texts = new Map(paths.sort().map((path) => [path, readFileSync(join(base, path), 'utf8')]));
    return Promise.resolve({ container: `served:${request.kind}`, texts });
  } catch {
    const message = `${JSON.stringify(request).slice(0, 200)}: is not served here`;
    return Promise.reject(new OrkestraError({ code: 'FILE_UNREADABLE', kind: 'UserError', message }));
  }
}

/** The text that a position names: a file of the project, or one that was served. Undefined when there is none. */
export function textAt({ folder }: Project, file: string): string | undefined {
  const url = /^https?:.*\/([^/]*)$/.exec(file)?.[1];
  // Without a path the name of a package stands for its Katalog.
  const package_ = file.startsWith('oci://') ? 'served:oci!/katalog.yaml' : file;
  const [, kind, path] = /^served:(\w+)!\/(.*)$/.exec(package_) ?? [];
  const place =
    url === undefined
      ? kind === undefined
        ? file
        : join(folder, 'served', kind, path ?? '')
      : join(folder, 'served/http', url);
  try {
    return readFileSync(place, 'utf8');
  } catch {
    return undefined;
  }
}
