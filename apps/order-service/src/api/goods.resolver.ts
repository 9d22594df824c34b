// What can be decided on an order's quantities: parses, seals, calls, maps; decides nothing.
import type { Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Resolver } from "@nestjs/graphql";
import type { Context } from "./carry-out.js";
import { decide, own } from "./decide.js";
import { Desk } from "./desk.js";
import * as inputs from "./goods.inputs.js";

@Resolver()
export class GoodsMutations {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  shortCloseSchedule(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decide(this.desk, context, input, {
      schema: inputs.shortCloseScheduleInput,
      command: (given, note) => ({ type: "ShortCloseSchedule", ...own(given), ...note }),
    });
  }

  @Mutation()
  backorderSchedule(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decide(this.desk, context, input, {
      schema: inputs.backorderScheduleInput,
      command: (given, note) => ({ type: "BackorderSchedule", ...own(given), ...note }),
    });
  }

  @Mutation()
  cancelLine(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decide(this.desk, context, input, {
      schema: inputs.cancelLineInput,
      command: (given, note) => ({ type: "CancelLine", ...own(given), ...note }),
    });
  }
}
