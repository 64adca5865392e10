export type LogFormat = 'auto' | 'human' | 'json';

/** Options of `ork run` as commander hands them over. */
export interface RunOptions {
  readonly file?: readonly string[];
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly requestTimeout?: string;
  readonly applyCr?: boolean;
  readonly port?: number;
  readonly logFormat?: LogFormat;
  readonly all?: boolean;
  readonly dev?: boolean;
  /** Folder of the sandbox's objects. */
  readonly data?: string;
  readonly debug?: boolean;
}
