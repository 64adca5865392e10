/** Runs the stop; calls `late` when it has not ended within the time. A stop that hangs must not keep the pod. */
export async function stopWithin(graceMs: number, stop: () => Promise<void>, late: () => void): Promise<void> {
  const timer = setTimeout(late, graceMs);
  try {
    await stop();
  } finally {
    clearTimeout(timer);
  }
}
