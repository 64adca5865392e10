// A closed pipe is an error event of the stream, and one that nobody hears ends the process with a stack trace.

/** Calls back at every failed write; returns what takes the listeners off again. */
export function onClosedOutput(streams: readonly NodeJS.WritableStream[], callback: () => void): () => void {
  for (const stream of streams) stream.on('error', callback);
  return () => {
    for (const stream of streams) stream.off('error', callback);
  };
}
