// The form of the rules about the end of an order's goods.
import { z } from "zod";

const percent = z.string().regex(/^(100|\d{1,2}(\.\d{1,6})?)$/);

export const goodsRuleSchemas = {
  tolerance: z.strictObject({
    shortCloseUpTo: z
      .strictObject({
        percent: percent.exactOptional(),
        value: z.record(z.string().regex(/^[A-Z]{3}$/), z.string().regex(/^\d{1,15}$/)).exactOptional(),
      })
      .exactOptional(),
  }),
  returns: z.strictObject({ withinDays: z.int().min(0).max(3_650).exactOptional() }),
  closing: z.strictObject({ invoiced: z.boolean() }),
};
