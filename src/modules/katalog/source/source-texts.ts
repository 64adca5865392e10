// What the expansion reads from. It never waits: a text that has to be fetched first is wanted, and the expansion runs
// again when it is there (see load-katalog.ts).
import { OrkestraError } from '../../common';
import { isRemote } from './location';
import { readTextFile } from './read-files';

/** Text by text, or as a package of files. */
export interface SourceTexts {
  /** The text at a location; undefined while it has to be fetched. Throws an OrkestraError when it can't be had. */
  read(location: string): string | undefined;
  /** The files behind a request; undefined while they have to be fetched. Throws an OrkestraError when they can't be had. */
  files(request: SourceRequest): SourceFiles | undefined;
  /** The value of an environment variable. */
  variable(name: string): string | undefined;
}

/** What a fetcher brings. */
export interface SourceFiles {
  /** How messages name it; the names of its files begin with it. */
  readonly container: string;
  /** Text by path. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Names of environment variables; the values are read where the call is made. */
export type SourceLogin =
  | { readonly type: 'bearer' | 'github'; readonly fromEnv: string }
  | { readonly type: 'basic'; readonly usernameFromEnv: string; readonly passwordFromEnv?: string };

/** Something that a fetcher can bring. */
export type SourceRequest =
  | { readonly kind: 'stdin' }
  | { readonly kind: 'http'; readonly url: string; readonly login?: SourceLogin }
  | { readonly kind: 'oci'; readonly reference: string; readonly login?: SourceLogin }
  /** `revision`: a branch, tag or commit. */
  | { readonly kind: 'git'; readonly url: string; readonly revision: string; readonly login?: SourceLogin }
  | {
      readonly kind: 'helm';
      readonly repo: string;
      readonly chart: string;
      readonly version: string;
      /** Only what this template renders. */
      readonly template?: string;
      /** Absolute. */
      readonly valueFiles: readonly string[];
      /** JSON text of the inline values. */
      readonly values: string;
    }
  | { readonly kind: 'configMap'; readonly namespace: string; readonly name: string };

/** Only the files of this machine. */
export const localTexts: SourceTexts = {
  read(location) {
    if (isRemote(location)) throw unreadable(`${location}: only files of this machine can be read here`);
    return readTextFile(location);
  },
  files: ({ kind }) => {
    throw unreadable(`a source of kind ${kind} can't be read here: only files of this machine`);
  },
  variable: () => undefined,
};

function unreadable(message: string): OrkestraError {
  return new OrkestraError({ code: 'FILE_UNREADABLE', kind: 'UserError', message });
}
