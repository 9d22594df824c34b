// How a receipt decides: one line per command.
import type { Decider } from "@gendan/eventing";
import { allocateReceipt, type AllocateReceipt } from "./allocate-receipt.js";
import type { ReceiptEvent } from "./receipt.events.js";
import type { ReceiptRefusal } from "./receipt.refusals.js";
import { evolve, noReceipt, type ReceiptState } from "./receipt.state.js";
import { recordReceipt, type RecordReceipt } from "./record-receipt.js";

export type ReceiptCommand = RecordReceipt | AllocateReceipt;

/** Money that came in is reported from outside. */
export const receiptFacts: ReadonlySet<ReceiptCommand["type"]> = new Set(["RecordReceipt"]);

export const receiptDecider: Decider<ReceiptState, ReceiptCommand, ReceiptEvent, ReceiptRefusal> = {
  initial: noReceipt,
  evolve,
  decide(receipt, command, by) {
    switch (command.type) {
      case "RecordReceipt":
        return recordReceipt(receipt, command, by);
      case "AllocateReceipt":
        return allocateReceipt(receipt, command);
    }
  },
};
