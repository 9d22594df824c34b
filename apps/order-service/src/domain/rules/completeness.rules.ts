// What makes an order complete in this installation, beyond what makes it one at all: per customer, channel, item, destination.

export interface CompletenessRules {
  /** All that apply must be kept. */
  readonly rules: readonly CompletenessRule[];
}

export interface CompletenessRule {
  /** For people: which rule it was. */
  readonly name: string;
  /** Absent: always. Of each that is given one must match. */
  readonly when?: {
    readonly customers?: readonly string[];
    readonly channels?: readonly string[];
    /** Countries of the delivery point: with the fields that it requires, the address of a lane. */
    readonly countries?: readonly string[];
    /** Of lines: the rule concerns those alone, and the order where it has such a line. */
    readonly families?: readonly string[];
    readonly skus?: readonly string[];
  };
  /** Fields by their paths, without the places in lists: `paymentTerms`, `lines.customerSku`, `customFields.season`. */
  readonly required?: readonly string[];
  /** Requested days lie at least and at most so many days after the day on which the order came in. */
  readonly earliestDays?: number;
  readonly latestDays?: number;
  readonly units?: readonly string[];
  readonly minimumQuantity?: string;
  /** The unit price's band, in minor units of the order's currency where that is this one. */
  readonly price?: { readonly currency: string; readonly least?: string; readonly most?: string };
  /** Hours from received to verified. */
  readonly verifyWithinHours?: number;
}

export const completenessDefaults: CompletenessRules = { rules: [] };
