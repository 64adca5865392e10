// KubeApi for tests of the engine: it records what is asked and answers from a script. It keeps no cluster: an answer
// that a test does not script is the plainest one (a write is accepted as sent, nothing is found).
import { type JsonObject, type JsonValue, isJsonObject } from '../../common';
import {
  type ApplyOptions,
  type DeleteOptions,
  type KubeApi,
  KubeApiError,
  type KubeList,
  type KubeObject,
  KubeTransportError,
  type ListQuery,
  type ObjectRef,
  type PatchBody,
  type RawResponse,
  type RequestOptions,
  type ResourceType,
  type WatchEvent,
} from '../../kube';

export interface RecordedCall {
  readonly verb: 'get' | 'list' | 'create' | 'apply' | 'patch' | 'delete';
  /** `deployments default/web`, with `/status` for a subresource. */
  readonly what: string;
  readonly body?: JsonObject;
  /** Field manager, force, preconditions. */
  readonly how?: JsonObject;
  readonly options: RequestOptions;
}

export type ScriptedAnswer = (call: RecordedCall) => KubeObject | undefined;

interface Line {
  readonly verb: RecordedCall['verb'];
  readonly plural: string;
  readonly answer: ScriptedAnswer;
}

/** The error of an API server that says no. */
export function refusal(
  code: number,
  reason: string,
  causes: readonly { readonly field?: string; readonly reason?: string }[] = [],
): KubeApiError {
  return new KubeApiError({ code, reason, message: `scripted ${reason}`, causes }, { verb: 'test', what: 'test' });
}

/** No answer came. */
export function noAnswer(): KubeTransportError {
  return new KubeTransportError({ verb: 'test', what: 'test' }, 'reset', 'scripted reset');
}

/** For a script: the call fails. */
export function fails(error: Error): ScriptedAnswer {
  return () => {
    throw error;
  };
}

/** RFC 7396. */
export function mergePatch(target: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isJsonObject(patch)) return patch;
  const result: Record<string, JsonValue | undefined> = isJsonObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (value !== undefined) result[key] = mergePatch(result[key], value);
  }
  return result;
}

export class RecordingKubeApi implements KubeApi {
  readonly calls: RecordedCall[] = [];
  private readonly script: Line[] = [];
  private version = 100;
  private readonly made = new Map<string, number>();

  /** `live`: what a patch without a script is merged into. */
  constructor(private readonly live: (ref: ObjectRef) => KubeObject | undefined) {}

  /** The next call of this verb for this resource gets this answer. */
  once(verb: RecordedCall['verb'], plural: string, answer: ScriptedAnswer): void {
    this.script.push({ verb, plural, answer });
  }

  /** What was asked since the last take, as `verb what`. */
  take(): readonly string[] {
    return this.calls.splice(0).map(({ verb, what }) => `${verb} ${what}`);
  }

  nextVersion(): string {
    return String(++this.version);
  }

  get(ref: ObjectRef, options: RequestOptions = {}): Promise<KubeObject> {
    return this.object({ verb: 'get', what: whatOf(ref), options }, ref, fails(refusal(404, 'NotFound')));
  }

  list({ resource, namespace }: ListQuery, options: RequestOptions = {}): Promise<KubeList> {
    this.calls.push({ verb: 'list', what: `${resource.plural} ${namespace ?? ''}`, options });
    return Promise.resolve({ items: [], metadata: { resourceVersion: '1' } });
  }

  watch(): AsyncIterable<WatchEvent> {
    throw new Error('the engine does not watch');
  }

  create(
    resource: ResourceType,
    namespace: string | undefined,
    body: JsonObject,
    options: RequestOptions = {},
  ): Promise<KubeObject> {
    const ref: ObjectRef = { resource, name: '', ...(namespace === undefined ? {} : { namespace }) };
    return this.object({ verb: 'create', what: whatOf(ref), body, options }, ref, () => this.accepted(body, ref));
  }

  apply(ref: ObjectRef, body: JsonObject, how: ApplyOptions, options: RequestOptions = {}): Promise<KubeObject> {
    const call: RecordedCall = { verb: 'apply', what: whatOf(ref), body, how: { ...how }, options };
    return this.object(call, ref, () => this.accepted(body, ref));
  }

  patch(ref: ObjectRef, patch: PatchBody, options: RequestOptions = {}): Promise<KubeObject> {
    const { body, type, fieldManager, subresource } = patch;
    const call: RecordedCall = {
      verb: 'patch',
      what: `${whatOf(ref)}${subresource === undefined ? '' : `/${subresource}`}`,
      body: body as JsonObject,
      how: { type, fieldManager },
      options,
    };
    return this.object(call, ref, () => {
      const live = this.live(ref);
      if (live === undefined || type === 'json') throw refusal(404, 'NotFound');
      return this.accepted(mergePatch(live, body) as JsonObject, ref);
    });
  }

  replace(): Promise<KubeObject> {
    throw new Error('the engine never replaces');
  }

  delete(ref: ObjectRef, how: DeleteOptions, options: RequestOptions = {}): Promise<KubeObject | undefined> {
    return this.answer({ verb: 'delete', what: whatOf(ref), how: { ...how }, options }, ref, () => undefined);
  }

  raw(): Promise<RawResponse> {
    throw new Error('the engine asks for no raw path');
  }

  /** The object as sent, with what a server adds. */
  accepted(body: JsonObject, ref: ObjectRef): KubeObject {
    const live = this.live(ref);
    const metadata = body['metadata'] as JsonObject;
    const uid = live?.metadata.uid ?? this.newUid(ref);
    return { ...body, metadata: { ...metadata, uid, resourceVersion: this.nextVersion() } } as unknown as KubeObject;
  }

  /** As on a server, no two objects have the same, also when one follows another under its name. */
  private newUid(ref: ObjectRef): string {
    const before = this.made.get(whatOf(ref)) ?? 0;
    this.made.set(whatOf(ref), before + 1);
    return `uid-of-${ref.name}${before === 0 ? '' : `-${before + 1}`}`;
  }

  private async object(call: RecordedCall, ref: ObjectRef, plain: ScriptedAnswer): Promise<KubeObject> {
    const answer = await this.answer(call, ref, plain);
    if (answer === undefined) throw new Error(`no answer scripted for ${call.verb} ${call.what}`);
    return answer;
  }

  private async answer(
    call: RecordedCall,
    { resource }: ObjectRef,
    plain: ScriptedAnswer,
  ): Promise<KubeObject | undefined> {
    call.options.fence?.assertHeld();
    this.calls.push(call);
    const line = this.script.findIndex(({ verb, plural }) => verb === call.verb && plural === resource.plural);
    const [scripted] = line < 0 ? [] : this.script.splice(line, 1);
    return (scripted?.answer ?? plain)(call);
  }
}

function whatOf({ resource, namespace, name }: ObjectRef): string {
  return `${resource.plural} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
