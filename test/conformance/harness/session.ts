// What the script of a case talks to: it sends, and every answer is recorded with the masks on.
import { setTimeout as pause } from 'node:timers/promises';
import { type JsonValue } from '../../../src/modules/common';
import { Masks } from './masks';
import { type RawAnswer, type RawRequest, type ServerClient } from './server-client';
import { collectEvents, type WatchStep } from './watch';

/** One line of a golden file. */
export interface RecordedStep {
  readonly do: string;
  readonly status?: number;
  /** Left out for `application/json`. */
  readonly type?: string;
  readonly warnings?: readonly string[];
  readonly body?: JsonValue;
}

export interface Answer {
  readonly status: number;
  /** Parsed when it is JSON, else the text. */
  readonly body: any;
}

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Records this part only: for answers that hold what other cases made, or that are very long. */
  readonly only?: (body: any) => unknown;
}

const PATCH_TYPES = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;
export type PatchType = keyof typeof PATCH_TYPES;

const LOOK_MS = 40;

export class Session {
  readonly steps: RecordedStep[] = [];
  private readonly masks = new Masks();

  constructor(
    private readonly client: ServerClient,
    /** The namespace of the case; also the start of every name that it gives outside of it. */
    readonly ns: string,
  ) {}

  /** Path of a resource in the namespace of the case: `k.in('v1', 'configmaps')`, `k.in('apps/v1', 'deployments', 'a')`. */
  in(version: string, plural: string, ...rest: readonly string[]): string {
    return [groupPath(version), 'namespaces', this.ns, plural, ...rest].join('/');
  }

  /** Path of a resource that has no namespace, or of all namespaces. */
  all(version: string, plural: string, ...rest: readonly string[]): string {
    return [groupPath(version), plural, ...rest].join('/');
  }

  get(path: string, options?: RequestOptions): Promise<Answer> {
    return this.send('GET', path, undefined, options);
  }

  post(path: string, body: unknown, options?: RequestOptions): Promise<Answer> {
    return this.send('POST', path, body, options);
  }

  put(path: string, body: unknown, options?: RequestOptions): Promise<Answer> {
    return this.send('PUT', path, body, options);
  }

  delete(path: string, body?: unknown, options?: RequestOptions): Promise<Answer> {
    return this.send('DELETE', path, body, options);
  }

  patch(type: PatchType, path: string, body: unknown, { headers, ...rest }: RequestOptions = {}): Promise<Answer> {
    return this.send('PATCH', path, body, { ...rest, headers: { 'content-type': PATCH_TYPES[type], ...headers } });
  }

  /** Server-side apply under this name; `query` begins with `&`. */
  apply(manager: string, path: string, body: unknown, query = '', options?: RequestOptions): Promise<Answer> {
    return this.patch('apply', `${path}?fieldManager=${manager}${query}`, body, options);
  }

  async send(method: string, path: string, body?: unknown, options: RequestOptions = {}): Promise<Answer> {
    const { answer, value } = await this.ask(method, path, body, options);
    this.record(`${method} ${path}`, answer, part(value, options.only));
    return { status: answer.status, body: value };
  }

  /** A request that prepares the case: not recorded, has to succeed. */
  async setup(method: string, path: string, body?: unknown, options: RequestOptions = {}): Promise<any> {
    const { answer, value } = await this.ask(method, path, body, options);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return value;
  }

  /** Asks until the answer is so; records the last one only. */
  async eventually(path: string, isSo: (answer: Answer) => boolean, options: RequestOptions = {}): Promise<Answer> {
    const end = performance.now() + this.client.patienceMs;
    for (;;) {
      const { answer, value } = await this.ask('GET', path, undefined, options);
      const seen = { status: answer.status, body: value };
      if (isSo(seen)) {
        this.record(`eventually GET ${path}`, answer, part(value, options.only));
        return seen;
      }
      if (performance.now() > end) throw new Error(`never so: GET ${path}: ${answer.text.slice(0, 2_000)}`);
      await pause(LOOK_MS);
    }
  }

  /** Waits until a resource is served; its definition may be new. Not recorded. */
  async untilServed(path: string): Promise<void> {
    const end = performance.now() + this.client.patienceMs;
    for (;;) {
      const { answer } = await this.ask('GET', path, undefined, {});
      if (answer.status === 200) return;
      if (performance.now() > end) throw new Error(`never served: GET ${path}: ${answer.status} ${answer.text}`);
      await pause(LOOK_MS);
    }
  }

  /** Opens a watch, does `during` once the answer began, and collects events until `until` says so or the stream ends. */
  async watch(path: string, step: WatchStep): Promise<readonly any[]> {
    const control = new AbortController();
    const { patienceMs } = this.client;
    const timer = setTimeout(() => control.abort(new Error(`no answer: GET ${path}`)), patienceMs);
    const stream = await this.client.open({ method: 'GET', path, headers: step.headers ?? {} }, control.signal);
    clearTimeout(timer);
    const { answer, events, ended } = await collectEvents(stream, step, patienceMs);
    control.abort();
    this.masks.learn(events as JsonValue);
    this.record(`${ended ? 'watch to its end' : 'watch'} ${path}`, answer, part(events, step.only));
    return events;
  }

  /** After this, revisions of before are gone; only in cases that run alone. */
  compact(): Promise<void> {
    return this.client.compact();
  }

  /** Records what the case found out itself, like the order of two versions. */
  note(what: string, value: JsonValue): void {
    this.steps.push({ do: `note ${what}`, body: this.masks.body(value) });
  }

  /** The other requests of the case need not know this one's answer. */
  private async ask(
    method: string,
    path: string,
    body: unknown,
    { headers = {} }: RequestOptions,
  ): Promise<{ readonly answer: RawAnswer; readonly value: any }> {
    const isAsItIs = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
    const text = isAsItIs ? body : JSON.stringify(body);
    const type: Record<string, string> = text === undefined ? {} : { 'content-type': 'application/json' };
    const raw: RawRequest = { method, path, headers: { ...type, ...headers } };
    const answer = await this.patientSend(text === undefined ? raw : { ...raw, body: text });
    const value = parsed(answer);
    this.masks.learn(value as JsonValue);
    return { answer, value };
  }

  /** A custom resource is unavailable for a moment whenever its definition changed. */
  private async patientSend(raw: RawRequest): Promise<RawAnswer> {
    const end = performance.now() + this.client.patienceMs;
    for (;;) {
      const answer = await this.client.send(raw);
      if (answer.status !== 503 || performance.now() > end) return answer;
      await pause(LOOK_MS);
    }
  }

  private record(what: string, answer: Omit<RawAnswer, 'text'>, body: JsonValue | undefined): void {
    const masked = body === undefined ? undefined : this.masks.body(JSON.parse(JSON.stringify(body)) as JsonValue);
    this.steps.push({
      do: this.masks.text(what),
      status: answer.status,
      ...(answer.contentType === 'application/json' ? {} : { type: answer.contentType }),
      ...(answer.warnings.length === 0 ? {} : { warnings: answer.warnings.map((text) => this.masks.text(text)) }),
      ...(masked === undefined ? {} : { body: masked }),
    });
  }
}

function parsed({ contentType, text }: RawAnswer): unknown {
  // The index of OpenAPI says that it is plain text.
  if (!contentType.startsWith('application/json') && !text.startsWith('{')) return text;
  try {
    return JSON.parse(text);
  } catch {
    // The events of a watch, or nothing: recorded as they came.
    return text;
  }
}

function part<T>(value: T, only: ((value: T) => unknown) | undefined): JsonValue | undefined {
  return (only === undefined ? value : only(value)) as JsonValue | undefined;
}

function groupPath(version: string): string {
  return version.includes('/') ? `/apis/${version}` : `/api/${version}`;
}
