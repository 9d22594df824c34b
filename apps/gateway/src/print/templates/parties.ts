// Who stands on a paper, and on what terms of delivery: what several papers say alike.
import { said, type Words } from "../words.js";

export interface Customer {
  readonly number: string;
  readonly name: string | null;
  /** Absent on papers that go with the goods. */
  readonly address?: string | null;
}

export interface DeliveryPoint {
  readonly name: string | null;
  readonly address: string | null;
  readonly postcodePrefix: string | null;
  readonly region: string | null;
  readonly country: string | null;
}

export interface Incoterm {
  readonly code: string;
  readonly place: string | null;
}

export const customerOn = (words: Words, customer: Customer | null | undefined) => ({
  label: words.say("customer"),
  lines: said(customer?.name, customer?.address, customer?.number),
});

export const deliverTo = (words: Words, point: DeliveryPoint | null | undefined) => ({
  label: words.say("deliverTo"),
  lines: point
    ? said(point.name, point.address, said(point.postcodePrefix, point.region, point.country).join(" "))
    : [],
});

export const incotermOn = (words: Words, incoterm: Incoterm | null) =>
  [words.say("incoterm"), incoterm ? said(incoterm.code, incoterm.place).join(" ") : "—"] as const;
