// Reads the events of one watch: one JSON document a line.
import { type IncomingMessage } from 'node:http';
import { StringDecoder } from 'node:string_decoder';
import { headOf, type RawAnswer } from './server-client';

export interface WatchStep {
  /** Enough events; absent: until the server ends the stream. */
  readonly until?: (events: readonly any[]) => boolean;
  /** What happens while the watch is open. */
  readonly during?: () => Promise<unknown>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly only?: (events: readonly any[]) => unknown;
}

/** A case that gets this many waits for the wrong thing. */
const MAX_EVENTS = 1_000;

export interface CollectedEvents {
  readonly answer: Omit<RawAnswer, 'text'>;
  readonly events: readonly any[];
  /** The server ended the stream. */
  readonly ended: boolean;
}

/** Fails when neither the server ended the stream nor `until` was satisfied in time. */
export async function collectEvents(
  stream: IncomingMessage,
  step: WatchStep,
  patienceMs: number,
): Promise<CollectedEvents> {
  const events: any[] = [];
  const collected = new Promise<boolean>((resolve, reject) => {
    let isDone = false;
    const lines = new Lines((line) => {
      // What came in the same piece of the stream came by chance.
      if (isDone) return;
      events.push(JSON.parse(line));
      isDone = step.until?.(events) === true || events.length >= MAX_EVENTS;
      if (isDone) resolve(false);
    });
    stream.on('data', (chunk: Buffer) => attempt(() => lines.add(chunk), reject));
    stream.on('end', () => resolve(true));
    stream.on('error', reject);
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const tell = (): void => reject(new Error(`events so far: ${JSON.stringify(events)}`));
    timer = setTimeout(tell, patienceMs);
  });
  try {
    const [ended] = await Promise.race([Promise.all([collected, step.during?.()]), late]);
    return { answer: headOf(stream), events: [...events], ended };
  } finally {
    clearTimeout(timer);
    stream.destroy();
  }
}

function attempt(work: () => void, fail: (problem: unknown) => void): void {
  try {
    work();
  } catch (problem) {
    fail(problem);
  }
}

/** Cuts a stream into lines. */
class Lines {
  private rest = '';
  private readonly decoder = new StringDecoder('utf8');

  constructor(private readonly each: (line: string) => void) {}

  add(chunk: Buffer): void {
    const lines = (this.rest + this.decoder.write(chunk)).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.each(line);
  }
}

/** `until` of a watch that waits for this many events. */
export const amount =
  (wanted: number) =>
  (events: readonly any[]): boolean =>
    events.length >= wanted;

/** `until` of a watch that waits for an event on the object of this name. */
export const seen =
  (type: string, name: string) =>
  (events: readonly any[]): boolean =>
    events.some((event) => event.type === type && event.object.metadata?.name === name);
