// Enum values and actors: as the wire writes them, and as this service does.
import type { Actor } from "@gendan/eventing";

/** `inExecution` and `InExecution` are `IN_EXECUTION`. */
export const upperSnake = (word: string): string => word.replace(/(?<=[a-z])[A-Z]/g, "_$&").toUpperCase();

/** `IN_EXECUTION` is `inExecution`. */
export const lowerCamel = (word: string): string =>
  word.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** `PARTIAL` is `Partial`. */
export const pascal = (word: string): string => word.charAt(0) + lowerCamel(word).slice(1);

/** A person, a program, or a rule set such as `import@1`. */
export const actorName = ({ id, version }: Actor): string => (version === undefined ? id : `${id}@${version}`);
