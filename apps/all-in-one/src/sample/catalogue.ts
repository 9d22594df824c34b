// What the sample company sells, and how it prices it. All names are invented.
import type { Department } from "./people.js";

export interface Product {
  readonly sku: string;
  readonly description: string;
  readonly family: string;
  readonly unit: string;
  /** In cents of CNY. */
  readonly price: number;
}

export const products: readonly Product[] = [
  { sku: "KETTLE-17", description: "Electric kettle 1.7 l 电水壶", family: "kitchen", unit: "pcs", price: 8_900 },
  { sku: "RICE-COOKER-4", description: "Rice cooker 4 l 电饭煲", family: "kitchen", unit: "pcs", price: 23_900 },
  { sku: "TEA-SET-6", description: "Tea set for six 六人茶具", family: "tableware", unit: "set", price: 15_800 },
  { sku: "BOWL-12", description: "Porcelain bowl 12 cm 瓷碗", family: "tableware", unit: "pcs", price: 1_250 },
  { sku: "DESK-LAMP-2", description: "LED desk lamp 台灯", family: "lighting", unit: "pcs", price: 9_900 },
  { sku: "STRING-LIGHT-10", description: "String lights 10 m 彩灯串", family: "lighting", unit: "roll", price: 3_600 },
  { sku: "TENT-3", description: "Tent for three 三人帐篷", family: "outdoor", unit: "pcs", price: 45_000 },
  { sku: "CHAIR-FOLD", description: "Folding chair 折叠椅", family: "outdoor", unit: "pcs", price: 6_800 },
  { sku: "NOTEBOOK-A5", description: "Notebook A5 笔记本", family: "stationery", unit: "pcs", price: 980 },
  { sku: "FILTER-3", description: "Filter set 滤芯套装", family: "spare-parts", unit: "set", price: 3_100 },
];

/** A service is delivered by its acceptance. */
export const service: Product = {
  sku: "ON-SITE-TRAINING",
  description: "Training on site 现场培训",
  family: "services",
  unit: "day",
  price: 320_000,
};

interface Market {
  readonly zone: string;
  readonly currencies: readonly Currency[];
}
export type Currency = "CNY" | "USD" | "EUR" | "JPY";

export const markets: Readonly<Record<Department, Market>> = {
  "cn/east/sales": { zone: "Asia/Shanghai", currencies: ["CNY"] },
  "cn/east/export": { zone: "Asia/Shanghai", currencies: ["USD", "USD", "JPY"] },
  "cn/south/sales": { zone: "Asia/Shanghai", currencies: ["CNY"] },
  "eu/north/sales": { zone: "Europe/Berlin", currencies: ["EUR"] },
};

/** Minor units of a currency for 100 cents of CNY; the yen has no smaller unit. */
const rates: Readonly<Record<Currency, number>> = { CNY: 100, USD: 14, EUR: 13, JPY: 20 };

export const priceIn = (currency: Currency, cents: number): number =>
  Math.max(1, Math.round((cents * rates[currency]) / 100));

export interface Money {
  readonly minor: string;
  readonly currency: Currency;
}
export const money = (minor: number, currency: Currency): Money => ({ minor: String(minor), currency });
