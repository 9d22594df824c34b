// Names on the wire: IN_EXECUTION for inExecution.

/** `inExecution` → `IN_EXECUTION`. */
export const wireName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** `IN_EXECUTION` → `inExecution`. */
export const innerName = (name: string): string =>
  name.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
