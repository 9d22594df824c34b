// What an order's payment holds, and who gives up what will not come in.

export interface PaymentRules {
  /** Whether an order is held (type `payment`) while a milestone that is due before the shipment is not paid. */
  readonly holdBeforeShipment: boolean;
  /** By currency, in minor units: the most that may be written off of one order; currencies that are not named have no limit. */
  readonly writeOff: Readonly<Record<string, string>>;
  /** Persons whom no limit binds. */
  readonly writeOffWithoutLimit: readonly string[];
}

export const paymentDefaults: PaymentRules = { holdBeforeShipment: false, writeOff: {}, writeOffWithoutLimit: [] };
