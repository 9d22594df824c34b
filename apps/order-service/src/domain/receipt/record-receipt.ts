// RecordReceipt: money came in. A fact; only what is no receipt at all is not taken.
import { accept, personBehind, refuse, visibleTo, type Asked, type Decision, type Money } from "@gendan/eventing";
import { defined, isAmount, isCurrency, isDepartment, isPublicId } from "../values.js";
import type { ReceiptEvent } from "./receipt.events.js";
import type { ReceiptFault, ReceiptRefusal } from "./receipt.refusals.js";
import type { ReceiptState } from "./receipt.state.js";

export interface RecordReceipt {
  readonly type: "RecordReceipt";
  readonly receiptId: string;
  readonly number: string;
  readonly customerId?: string;
  /** Nothing at all (0.00) is an amount: vouchers leave such receipts. */
  readonly amount?: Money;
  readonly method: string;
  readonly reference?: string;
  readonly department: string;
  readonly departmentInScope: boolean;
}

const MAX_TEXT = 200;

export function recordReceipt(
  receipt: ReceiptState,
  command: RecordReceipt,
  { actor, at, claimedAt }: Asked,
): Decision<ReceiptEvent, ReceiptRefusal> {
  if (receipt.exists) return refuse({ code: "RECEIPT_EXISTS", number: receipt.number });
  const [first, ...others] = faultsOf(command);
  if (first) return refuse(first, ...others);
  const { number, customerId, amount, method, reference, department } = command;
  return accept({
    type: "receipt.recorded",
    number,
    customerId: customerId!,
    amount: amount!,
    method,
    ...defined({ reference, claimedAt }),
    receivedAt: at,
    department,
    visibleTo: visibleTo({ department, persons: [personBehind(actor)] }),
  });
}

/** All at once. */
function faultsOf(command: RecordReceipt): ReceiptFault[] {
  const { receiptId, customerId = "", amount, method, reference = "", department, departmentInScope } = command;
  const fault = (wrong: boolean, code: ReceiptFault["code"], field: string, value?: string): ReceiptFault[] =>
    wrong ? [{ code, field, ...defined({ value }) }] : [];
  return [
    ...fault(!isPublicId(receiptId), "ID_INVALID", "id", receiptId),
    ...fault(customerId === "", "CUSTOMER_MISSING", "customerId"),
    ...fault(customerId !== "" && !isPublicId(customerId), "ID_INVALID", "customerId", customerId),
    ...fault(!amount || !isAmount(amount.minor), "AMOUNT_INVALID", "amount.minor", amount?.minor),
    ...fault(!!amount && !isCurrency(amount.currency), "CURRENCY_INVALID", "amount.currency", amount?.currency),
    ...fault(method.trim() === "", "TEXT_MISSING", "method"),
    ...fault(method.length > MAX_TEXT, "TEXT_TOO_LONG", "method"),
    ...fault(reference.length > MAX_TEXT, "TEXT_TOO_LONG", "reference"),
    ...fault(!isDepartment(department), "DEPARTMENT_INVALID", "department", department),
    ...fault(!departmentInScope, "DEPARTMENT_OUT_OF_SCOPE", "department", department),
  ];
}
