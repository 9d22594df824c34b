// An order is compared, and what was found is waived. Parses, seals, looks up, calls; decides nothing.
import { derivedId, type Envelope } from "@gendan/eventing";
import type { Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Resolver } from "@nestjs/graphql";
import type { z } from "zod";
import { comparedQuotations } from "../write/compared-quotations.js";
import { carryOut, type Context } from "./carry-out.js";
import * as inputs from "./comparison.inputs.js";
import { decide, own, type Made } from "./decide.js";
import { Desk } from "./desk.js";
import { tellOfOrder as tell } from "./order.messages.js";
import { purchaseOrderLines } from "./purchase-order-csv.js";

@Resolver()
export class ComparisonMutations {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  recordPurchaseOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const command: Made<typeof inputs.recordPurchaseOrderInput> = ({ csv, lines = [], ...given }) => {
      const all = csv === undefined ? lines : purchaseOrderLines(csv);
      return { type: "RecordPurchaseOrder", ...own(given), lines: all };
    };
    return decide(this.desk, context, input, { schema: inputs.recordPurchaseOrderInput, command });
  }

  @Mutation()
  compareOrder(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const schema = inputs.compareOrderInput;
    const act = (given: z.output<typeof schema>, envelope: Envelope) => {
      const { orderId, commandId } = given;
      const { orderCommands, quotationCommands, rules } = this.desk.parts;
      const asked = { type: "CompareOrder", comparisonId: derivedId("order.comparison", commandId) } as const;
      const command = async () => {
        const loaded = await orderCommands.load(orderId, envelope.tokens);
        const quotations = loaded ? await comparedQuotations(quotationCommands, loaded.state) : [];
        return { ...asked, quotations, rules: await rules.current("comparison") };
      };
      return orderCommands.handle(orderId, command, { ...envelope, body: asked });
    };
    return carryOut(context, input, { kind: "decision", schema, act, tell });
  }

  @Mutation()
  waiveDiscrepancy(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const { roles } = context.caller;
    const command: Made<typeof inputs.waiveDiscrepancyInput> = ({ discrepancyId, reason }, { note }) => {
      return { type: "WaiveDiscrepancy", discrepancyId, reason, roles: [], ...(note === undefined ? {} : { note }) };
    };
    const lookedUp = async () => ({ rules: await this.desk.parts.rules.current("comparison"), roles });
    return decide(this.desk, context, input, { schema: inputs.waiveDiscrepancyInput, command, lookedUp });
  }
}
