// How a receipt decides: one line per command.
import type { Decider } from "@gendan/eventing";
import { allocateReceipt, type AllocateReceipt } from "./allocate-receipt.js";
import { followScope, type FollowScope } from "./follow-scope.js";
import type { ReceiptEvent } from "./receipt.events.js";
import type { ReceiptRefusal } from "./receipt.refusals.js";
import { evolve, noReceipt, type ReceiptState } from "./receipt.state.js";
import { deallocateReceipt, refundReceipt, type DeallocateReceipt, type RefundReceipt } from "./return-receipt.js";
import { recordReceipt, type RecordReceipt } from "./record-receipt.js";

export type ReceiptCommand = RecordReceipt | AllocateReceipt | DeallocateReceipt | RefundReceipt | FollowScope;

/** Money that came in is reported from outside, and who sees an order by the order. */
export const receiptFacts: ReadonlySet<ReceiptCommand["type"]> = new Set(["RecordReceipt", "FollowScope"]);

export const receiptDecider: Decider<ReceiptState, ReceiptCommand, ReceiptEvent, ReceiptRefusal> = {
  initial: noReceipt,
  evolve,
  decide(receipt, command, by) {
    switch (command.type) {
      case "RecordReceipt":
        return recordReceipt(receipt, command, by);
      case "AllocateReceipt":
        return allocateReceipt(receipt, command);
      case "DeallocateReceipt":
        return deallocateReceipt(receipt, command);
      case "RefundReceipt":
        return refundReceipt(receipt, command, by);
      case "FollowScope":
        return followScope(receipt, command);
    }
  },
};
