// The form of the rules about the end of an order's goods.
import { z } from "zod";
import { currency, minor, percent } from "./rule-forms.js";

export const goodsRuleSchemas = {
  tolerance: z.strictObject({
    shortCloseUpTo: z
      .strictObject({
        percent: percent.exactOptional(),
        value: z.record(currency, minor).exactOptional(),
      })
      .exactOptional(),
  }),
  returns: z.strictObject({ withinDays: z.int().min(0).max(3_650).exactOptional() }),
  closing: z.strictObject({ invoiced: z.boolean() }),
};
