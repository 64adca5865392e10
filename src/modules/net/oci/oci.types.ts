import { type Clock } from '../../common';
import { type OciSettings } from '../../konfig';
import { type HttpClient } from '../http';
import { type OciLogin } from './login.types';
import { type OciFile, type OciManifest } from './manifest';
import { type OciReference } from './reference';

export interface OciClientOptions {
  readonly http: HttpClient;
  readonly settings: OciSettings;
  /** Gets what does not end a pull: a cache that can't be written. At most once for each text. */
  readonly warn?: (message: string) => void;
  readonly clock?: Clock;
}

export interface PullOptions {
  /**
   * `check` (the default): the registry is asked which digest the tag has now. `cached`: what the tag was when it was last
   * asked for is good enough; the registry is asked only when the cache has nothing. A digest is never asked for twice.
   */
  readonly tags?: 'check' | 'cached';
  /** Instead of a login from Docker's configuration. */
  readonly login?: OciLogin;
  /** For each request; default 30 s. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** What a reference names, without the content of its files. */
export interface OciPackage {
  readonly reference: OciReference;
  /** Of the manifest: names this package for ever. */
  readonly digest: string;
  readonly manifest: OciManifest;
  /** In the order of the package. */
  readonly files: readonly OciFile[];
}

/** A package with its files, by name. */
export interface PulledPackage extends OciPackage {
  readonly contents: ReadonlyMap<string, Buffer>;
}

export interface PushedFile {
  /** A path with / below the folder of the package. */
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}

export interface PushRequest {
  /** Media type that says what the package is. */
  readonly artifactType: string;
  readonly files: readonly PushedFile[];
  readonly annotations?: Readonly<Record<string, string>>;
}

export type PushOptions = Pick<PullOptions, 'login' | 'timeoutMs' | 'signal'>;
