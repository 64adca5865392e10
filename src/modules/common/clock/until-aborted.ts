/**
 * The outcome of the work, or the reason of the signal if that is aborted first: not everything that takes a signal can
 * be stopped. Work that loses the race goes on unheard. Leaves no listener behind.
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}
