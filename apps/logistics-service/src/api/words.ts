// Enum values: UPPER_SNAKE on the wire, PascalCase or lowerCamel inside.

/** `PickedUp` and `pickedUp` are `PICKED_UP`. */
export const upperSnake = (word: string): string => word.replace(/(?<=[a-z])[A-Z]/g, "_$&").toUpperCase();

/** `LOSS_DISPUTED` is `lossDisputed`. */
export const lowerCamel = (word: string): string =>
  word.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** `PICKED_UP` is `PickedUp`. */
export const pascal = (word: string): string => word.charAt(0) + lowerCamel(word).slice(1);
