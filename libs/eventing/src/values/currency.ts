// Minor units of currencies, and amounts that people write in major ones.

/** ISO 4217's currencies with other than two digits of minor units. Intl follows what is usual in shops instead. */
const DIGITS: Readonly<Record<number, string>> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
};
const digitsByCurrency = new Map(
  Object.entries(DIGITS).flatMap(([digits, names]) => names.split(" ").map((name) => [name, Number(digits)] as const)),
);

/** How many digits of a currency are minor units. */
export const minorDigits = (currency: string): number => digitsByCurrency.get(currency) ?? 2;

/** Minor units of a plain decimal string ("-1234.5") as an integer; undefined where the amount is finer than the currency. */
export function toMinor(amount: string, currency: string): string | undefined {
  const digits = minorDigits(currency);
  const [whole = "", fraction = ""] = amount.split(".");
  if (fraction.length > digits) return undefined;
  const size = BigInt(whole.replace("-", "") + fraction.padEnd(digits, "0"));
  return `${whole.startsWith("-") && size !== 0n ? "-" : ""}${size}`;
}

/** Minor units as people write them: -5 of EUR is "-0.05", 1999 of JPY "1999". Exact, by moving the point. */
export function fromMinor(minor: bigint, currency: string): string {
  const digits = minorDigits(currency);
  const size = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, "0");
  const sign = minor < 0n ? "-" : "";
  return digits === 0 ? `${sign}${size}` : `${sign}${size.slice(0, -digits)}.${size.slice(-digits)}`;
}
