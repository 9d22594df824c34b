// The forms of plain values that orders and receipts check alike.
import { isMinor, isQuantity, millionths } from "@gendan/eventing";

export { isDay } from "@gendan/eventing";

export const isAmount = (minor: string): boolean => isMinor(minor) && !minor.startsWith("-");
export const isCurrency = (code: string): boolean => /^[A-Z]{3}$/.test(code);
export const isPositive = (text: string): boolean => isQuantity(text) && millionths(text) > 0n;

/** A UUID as public events take it (RFC 9562); others would make every reader stumble. */
export const isPublicId = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);

/** Without the members that are undefined, so that what is absent is absent in the stored event too. */
export const defined = <T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** A path such as `cn/east/sales`; "" is the whole company. */
export const isDepartment = (path: string): boolean => path === "" || /^[^/\s][^/]*(\/[^/\s][^/]*)*$/.test(path);
