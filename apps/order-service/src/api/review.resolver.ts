// The review of an order: departments are asked, answer, and are overridden; the customer signs.
import { departmentTokens, sees, type Envelope, type Outcome } from "@gendan/eventing";
import type { Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Resolver } from "@nestjs/graphql";
import type { z } from "zod";
import type { OrderRefusal } from "../domain/order/order.refusals.js";
import type { OrderState } from "../domain/order/order.state.js";
import type { AnswerReview } from "../domain/order/review/answer-review.js";
import { carryOut, type ApiRefusal, type Context } from "./carry-out.js";
import { decide, decideResolved, orderFor, own } from "./decide.js";
import { Desk } from "./desk.js";
import { tellOfOrder as tell } from "./order.messages.js";
import * as inputs from "./review.inputs.js";

type Result = Promise<Outcome<OrderState, OrderRefusal> | ApiRefusal>;

@Resolver()
export class ReviewResolver {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  openReview(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decideResolved(this.desk, context, input, {
      type: "OpenReview",
      schema: inputs.openReviewInput,
      resolved: async ({ orderId }, note) => ({
        type: "OpenReview",
        review: await this.desk.parts.rules.about("review", orderId),
        calendar: await this.desk.parts.rules.current("calendar"),
        ...note,
      }),
    });
  }

  /** Each condition is sealed for itself: it may say what leads to a person. */
  @Mutation()
  answerReview(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const { orderCommands } = this.desk.parts;
    const act = async (given: z.output<typeof inputs.answerReviewInput>, envelope: Envelope): Result => {
      const { orderId, department } = given;
      const found = await orderFor(this.desk, orderId, envelope);
      if ("code" in found) return found;
      const { customerId } = found.order;
      const answers = await Promise.all(
        given.answers.map(async ({ condition, ...answer }) => ({
          ...answer,
          ...(await this.desk.seal(customerId, { condition })),
        })),
      );
      const isOfDepartment = sees(context.caller.tokens, departmentTokens(department));
      const command: AnswerReview = { type: "AnswerReview", department, isOfDepartment, answers };
      return orderCommands.handle(orderId, command, { ...envelope, body: { type: command.type, department, answers } });
    };
    return carryOut(context, input, { kind: "decision", schema: inputs.answerReviewInput, act, tell });
  }

  @Mutation()
  overrideReply(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decide(this.desk, context, input, {
      schema: inputs.overrideReplyInput,
      command: (given, note) => ({ type: "OverrideReply", ...own(given), ...note }),
    });
  }

  @Mutation()
  recordCountersignature(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    return decide(this.desk, context, input, {
      schema: inputs.recordCountersignatureInput,
      command: (given, note) => ({ type: "RecordCountersignature", ...own(given), ...note }),
    });
  }
}
