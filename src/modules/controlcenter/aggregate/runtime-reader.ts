// Reads one runtime over its HTTP API. Whatever listens at the address may answer: what does not look like a runtime is
// refused here, so that the page never meets it.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../common';
import { type CrList, type KatalogView } from '../../kordinator/http/contract';

const TIMEOUT_MS = 3_000;
/** A list of 10,000 resources has about 2 MB. */
const MAX_BYTES = 32 * 1024 * 1024;

export class RuntimeReader {
  constructor(
    /** `http://host:port`. */
    readonly url: string,
    private readonly timeoutMs: number = TIMEOUT_MS,
  ) {}

  /** Rejects with a sentence when nobody or somebody else answers. A degraded runtime says so with 503, and is read. */
  async katalog(): Promise<KatalogView> {
    const answer = await this.read('/katalog');
    const crds = answer['crds'];
    if (!isJsonArray(crds) || !crds.every(isCrdSummary)) throw new Error('what answers there is no Orkestra runtime');
    return answer as unknown as KatalogView;
  }

  /** Custom resources of a CRD; rejects like `katalog`, and while the runtime has not read them yet. */
  async crs(crd: string): Promise<CrList> {
    const answer = await this.read(`/katalog/${encodeURIComponent(crd)}/cr`);
    const { items, error } = answer;
    if (typeof error === 'string') throw new Error(error);
    if (!isJsonArray(items) || !items.every(isJsonObject)) throw new Error('what answers there is no Orkestra runtime');
    return answer as unknown as CrList;
  }

  private async read(path: string): Promise<JsonObject> {
    const text = await this.text(path);
    let answer: JsonValue;
    try {
      answer = parseJson(text);
    } catch {
      throw new Error('what answers there is no Orkestra runtime');
    }
    if (!isJsonObject(answer)) throw new Error('what answers there is no Orkestra runtime');
    return answer;
  }

  private async text(path: string): Promise<string> {
    try {
      // Somebody else's address is never followed to a third one.
      const response = await fetch(this.url + path, { redirect: 'error', signal: AbortSignal.timeout(this.timeoutMs) });
      return await boundedText(response);
    } catch (error) {
      throw new Error(whyNot(error, this.timeoutMs), { cause: error });
    }
  }
}

async function boundedText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error(`its answer is longer than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `fetch` keeps the reason in the cause; one for each address when a name has several. */
function whyNot(error: unknown, timeoutMs: number): string {
  const { name, message, cause } = error as Error & { readonly cause?: Partial<AggregateError> };
  if (name === 'TimeoutError') return `no answer within ${timeoutMs / 1_000} s`;
  const { code, message: reason } = (cause?.errors?.[0] ?? cause ?? {}) as Partial<NodeJS.ErrnoException>;
  return code === 'ECONNREFUSED' ? 'nobody listens there (ECONNREFUSED)' : (reason ?? message);
}

function isCrdSummary(value: JsonValue): boolean {
  return isJsonObject(value) && typeof value['name'] === 'string' && isJsonObject(value['endpoints']);
}
