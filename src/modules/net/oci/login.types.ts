/**
 * How one logs in at a registry: with name and password, with a token that others are got for, or with one that is sent as
 * it is.
 */
export type OciLogin =
  | { readonly username: string; readonly password: string }
  | { readonly identityToken: string }
  | { readonly bearerToken: string };

/** The login for a registry, or why there is none, in words that may be shown. */
export interface LoginLookup {
  readonly login: OciLogin | undefined;
  /** `none for ghcr.io in /root/.docker/config.json` */
  readonly inWords: string;
}
