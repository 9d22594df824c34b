// Waiting for what happens by itself, without guessing how long it takes.

/** Resolves with the first truthy answer of `condition`; rejects, naming the last answer or error, when none came in time. */
export async function eventually<T>(condition: () => T | Promise<T>, patienceMs = 5_000): Promise<NonNullable<T>> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const { value, error } = await attempt(condition);
    if (value) return value;
    if (Date.now() > deadline) {
      throw new Error(
        `Still not so after ${patienceMs} ms: ${condition.toString()} (last: ${String(error ?? value)})`,
        { cause: error },
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** What throws is tried again as well. */
async function attempt<T>(condition: () => T | Promise<T>): Promise<{ value?: T; error?: unknown }> {
  try {
    return { value: await condition() };
  } catch (error) {
    return { error };
  }
}
