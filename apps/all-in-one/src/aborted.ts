// Waiting for the stop.

/** Resolved when the signal is aborted, or was. A listener alone does not keep the process alive; the server does. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve());
  });
