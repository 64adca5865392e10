// Reads the events of one watch: one JSON document a line.
import { type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { headOf, type RawAnswer } from './server-client';

export interface WatchStep {
  /** Enough events; absent: until the server ends the stream. */
  readonly until?: (events: readonly any[]) => boolean;
  /** What happens while the watch is open. */
  readonly during?: () => Promise<unknown>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly only?: (events: readonly any[]) => unknown;
}

const WATCH_MS = 12_000;
/** A case that gets this many waits for the wrong thing. */
const MAX_EVENTS = 1_000;

export interface CollectedEvents {
  readonly answer: Omit<RawAnswer, 'text'>;
  readonly events: readonly any[];
  /** The server ended the stream. */
  readonly ended: boolean;
}

export async function collectEvents(stream: IncomingMessage, step: WatchStep): Promise<CollectedEvents> {
  const events: any[] = [];
  const timer = setTimeout(() => stream.destroy(new Error(`events so far: ${JSON.stringify(events)}`)), WATCH_MS);
  const doing = Promise.resolve(step.during?.());
  // Its failure is thrown below; until then it is no unhandled one.
  doing.catch(() => stream.destroy());
  let ended = true;
  try {
    for await (const line of createInterface({ input: stream })) {
      events.push(JSON.parse(line));
      if (step.until?.(events) === true || events.length >= MAX_EVENTS) {
        ended = false;
        break;
      }
    }
    await doing;
  } finally {
    clearTimeout(timer);
    stream.destroy();
  }
  return { answer: headOf(stream), events, ended };
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
