// When this process must end: SIGINT, SIGTERM, a parent that is gone, a fatal error. The first asks, the second insists.

export type StopCause = 'SIGINT' | 'SIGTERM' | 'parent';

const INTERRUPTED = 130;

/** Calls `stop` once; a second signal ends the process at once. Returns what takes the listeners off again. */
export function onStopSignal(stop: (cause: StopCause) => void): () => void {
  let asked = false;
  const ask = (cause: StopCause): void => {
    if (asked && cause !== 'parent') process.exit(INTERRUPTED);
    if (asked) return;
    asked = true;
    stop(cause);
  };
  const onInterrupt = (): void => ask('SIGINT');
  const onTerminate = (): void => ask('SIGTERM');
  const onDisconnect = (): void => ask('parent');
  process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate).on('disconnect', onDisconnect);
  return () => process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate).off('disconnect', onDisconnect);
}
