// Texts that were fetched, and the list of those that the expansion asked for in vain.
import { asOrkestraError, didYouMean, OrkestraError } from '../../common';
import { isRemote, splitInside, STDIN } from './location';
import { localTexts, type SourceFiles, type SourceRequest, type SourceTexts } from './source-texts';

/** Brings what a request asks for. Rejects with an OrkestraError that says what was tried. */
export type SourceFetcher = (request: SourceRequest, signal: AbortSignal) => Promise<SourceFiles>;

type Outcome = { readonly files: SourceFiles } | { readonly error: OrkestraError };

/** Grows with every round of fetches; the same is never fetched twice. */
export class FetchedTexts implements SourceTexts {
  private readonly outcomes = new Map<string, Outcome>();
  private readonly wanted = new Map<string, SourceRequest>();
  private readonly containers = new Map<string, SourceFiles>();

  constructor(private readonly environment: Readonly<Record<string, string | undefined>>) {}

  variable(name: string): string | undefined {
    return this.environment[name];
  }

  read(location: string): string | undefined {
    const inside = splitInside(location);
    if (inside !== undefined) return this.textIn(inside.container, inside.path);
    if (!isRemote(location)) return localTexts.read(location);
    const files = this.containers.get(location) ?? this.files(requestFor(location));
    if (files === undefined) return undefined;
    // What a document there names beside itself is looked for in the same package.
    this.containers.set(location, files);
    return mainText(files);
  }

  files(request: SourceRequest): SourceFiles | undefined {
    const key = JSON.stringify(request);
    const outcome = this.outcomes.get(key);
    if (outcome === undefined) {
      this.wanted.set(key, request);
      return undefined;
    }
    if ('error' in outcome) throw outcome.error;
    return outcome.files;
  }

  /** Nothing is missing any more. */
  get isComplete(): boolean {
    return this.wanted.size === 0;
  }

  /** Everything that is wanted, side by side. Rejects only when the signal aborts. */
  async fetch(fetcher: SourceFetcher, signal: AbortSignal): Promise<void> {
    const requests = [...this.wanted];
    this.wanted.clear();
    await Promise.all(
      requests.map(async ([key, request]) => {
        try {
          const files = await fetcher(request, signal);
          this.containers.set(files.container, files);
          this.outcomes.set(key, { files });
        } catch (error) {
          signal.throwIfAborted();
          this.outcomes.set(key, { error: asOrkestraError(error) });
        }
      }),
    );
  }

  private textIn(container: string, path: string): string | undefined {
    const files = this.containers.get(container);
    const text = files?.texts.get(path);
    if (text !== undefined) return text;
    throw fileMissing(container, path, files);
  }
}

/** The Katalog of a package; else its first text. */
function mainText({ texts }: SourceFiles): string | undefined {
  return texts.get('katalog.yaml') ?? texts.get('komposer.yaml') ?? [...texts.values()][0];
}

function fileMissing(container: string, path: string, files: SourceFiles | undefined): OrkestraError {
  const names = [...(files?.texts.keys() ?? [])];
  const message = `${container} has no file ${path}${didYouMean(path, names)}`;
  return new OrkestraError({ code: 'FILE_UNREADABLE', kind: 'UserError', message });
}

/** `configmap://namespace/name` as `-f` takes it, a URL, or standard input. */
function requestFor(location: string): SourceRequest {
  if (location === STDIN) return { kind: 'stdin' };
  const [, namespace = '', name = ''] = /^configmap:\/\/([^/]+)\/([^/]+)$/.exec(location) ?? [];
  if (name !== '') return { kind: 'configMap', namespace, name };
  return location.startsWith('oci://') ? { kind: 'oci', reference: location } : { kind: 'http', url: location };
}
