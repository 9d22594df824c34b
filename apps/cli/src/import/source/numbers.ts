// Numbers as files write them, to exact decimal strings, and amounts of money as people read them.

export interface NumberStyle {
  /** The sign before the decimals: "." or ",". */
  readonly decimal: string;
  /** What groups thousands; "" for nothing. */
  readonly group: string;
}

/** The number as a plain decimal string ("-1234.5"); undefined for what is not written so. */
export function readNumber(text: string, { decimal, group }: NumberStyle): string | undefined {
  const parts = text.split(decimal);
  if (parts.length > 2) return undefined;
  const [whole = "", fraction] = parts;
  const sign = /^[+-]/.exec(whole)?.[0] ?? "";
  const digits = ungrouped(whole.slice(sign.length), group);
  if (digits === undefined || (fraction !== undefined && !/^\d+$/.test(fraction))) return undefined;
  const short = digits.replace(/^0+(?=\d)/, "");
  const rest = fraction?.replace(/0+$/, "") ?? "";
  const value = rest === "" ? short : `${short}.${rest}`;
  return sign === "-" && /[1-9]/.test(value) ? `-${value}` : value;
}

function ungrouped(text: string, group: string): string | undefined {
  if (/^\d+$/.test(text)) return text;
  if (group === "") return undefined;
  const [first = "", ...others] = text.split(group);
  const isGrouped = /^\d{1,3}$/.test(first) && others.length > 0 && others.every((each) => /^\d{3}$/.test(each));
  return isGrouped ? first + others.join("") : undefined;
}
