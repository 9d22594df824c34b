// Numbers as files write them, to exact decimal strings, and amounts of money to minor units of their currency.

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

/** ISO 4217's currencies with other than two digits of minor units. Intl follows what is usual in shops instead. */
const DIGITS: Readonly<Record<number, string>> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
};
const digitsByCurrency = new Map(
  Object.entries(DIGITS).flatMap(([digits, names]) => names.split(" ").map((name) => [name, Number(digits)] as const)),
);

export const minorDigits = (currency: string): number => digitsByCurrency.get(currency) ?? 2;

/** Minor units as a decimal integer; undefined where the amount is finer than the currency. */
export function toMinor(amount: string, currency: string): string | undefined {
  const digits = minorDigits(currency);
  const [whole = "", fraction = ""] = amount.split(".");
  if (fraction.length > digits) return undefined;
  return BigInt(whole.replace("-", "") + fraction.padEnd(digits, "0")) === 0n
    ? "0"
    : `${whole.startsWith("-") ? "-" : ""}${BigInt(whole.replace("-", "") + fraction.padEnd(digits, "0"))}`;
}

/** Minor units as people read them: 1234.50 */
export function fromMinor(minor: bigint, currency: string): string {
  const digits = minorDigits(currency);
  const size = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, "0");
  const sign = minor < 0n ? "-" : "";
  return digits === 0 ? `${sign}${size}` : `${sign}${size.slice(0, -digits)}.${size.slice(-digits)}`;
}
