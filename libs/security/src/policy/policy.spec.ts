// The default policy, role by role: what a trading and manufacturing company grants where nothing else is said.
import { describe, expect, test } from "@jest/globals";
import { FIELD_CLASSES, ROLES } from "./policy-file.js";
import { Policy } from "./policy.js";
import { defaultPolicy, knownCommands } from "./read-policy.js";

const desk = ["merchandiser", "lead", "manager", "sales", "admin", "importer"];
const follow = ["merchandiser", "lead", "manager", "admin", "importer"];
const money = ["lead", "manager", "finance", "admin", "importer"];
const holders = ["merchandiser", "lead", "manager", "sales", "finance", "admin", "importer"];
const goods = ["merchandiser", "lead", "manager", "warehouse", "logistics", "admin", "importer"];
const front = ["merchandiser", "lead", "manager", "sales", "service", "admin", "importer"];
const solvers = ["merchandiser", "lead", "manager", "sales", "production", "logistics", "service", "admin", "importer"];
const deciders = ["merchandiser", "lead", "manager", "service", "admin", "importer"];
const files = [...solvers, "warehouse", "finance"];
const askers = ["merchandiser", "lead", "manager", "sales", "service", "customer", "admin"];

const approvers = [
  ...[
    "merchandiser",
    "lead",
    "manager",
    "sales",
    "production",
    "warehouse",
    "logistics",
    "service",
    "finance",
    "admin",
  ],
];

/** Every command there is, and who may send it. */
const grants: Readonly<Record<string, readonly string[]>> = {
  draftQuotation: desk,
  changeQuotation: desk,
  sendQuotation: desk,
  reviseQuotation: desk,
  acceptQuotation: desk,
  declineQuotation: desk,
  receiveOrder: desk,
  receiveOrderByMail: desk,
  correctOrder: desk,
  recordPurchaseOrder: desk,
  compareOrder: desk,
  waiveDiscrepancy: ["lead", "manager", "admin"],
  recordDiscrepancy: [...desk, "production"],
  resolveDiscrepancy: desk,
  verifyOrder: desk,
  moveOrder: desk,
  assignOrder: desk,
  shareOrder: desk,
  unshareOrder: desk,
  openReview: desk,
  answerReview: approvers,
  overrideReply: ["lead", "manager", "admin"],
  recordCountersignature: desk,
  submitForApproval: desk,
  withdrawApproval: desk,
  reviseOrder: desk,
  approveOrder: approvers,
  rejectOrder: approvers,
  commentApproval: approvers,
  delegateApprovals: approvers,
  revokeDelegation: approvers,
  confirmOrder: desk,
  repromiseSchedule: desk,
  agreeDate: desk,
  proposeAmendment: desk,
  applyAmendment: desk,
  withdrawAmendment: desk,
  approveAmendment: ["lead", "manager", "admin"],
  placeHold: [...holders, "production", "warehouse", "logistics", "service"],
  releaseHold: holders,
  shortCloseSchedule: desk,
  backorderSchedule: desk,
  cancelLine: desk,
  cancelOrder: desk,
  acceptDelivery: [...front, "customer"],
  rejectDelivery: [...front, "customer"],
  authoriseReturn: [...desk, "service"],
  withdrawReturn: [...desk, "service"],
  linkExchange: [...desk, "service"],
  receiveReturn: goods,
  inspectReturn: goods,
  reopenOrder: ["lead", "manager", "admin"],
  closeOrder: [...follow, "finance"],
  attachFile: files,
  removeAttachment: files,
  setOrderRules: ["manager", "admin"],
  setCreditLimit: ["manager", "finance", "admin", "importer"],
  recordReceipt: money,
  agreePaymentTerms: desk,
  issueInvoice: money,
  issueCreditNote: money,
  writeOff: money,
  allocateReceipt: money,
  disputeInvoice: money,
  resolveInvoiceDispute: money,
  promisePayment: money,
  confirmStatement: money,
  allocateReceiptByRule: money,
  deallocateReceipt: money,
  refundReceipt: money,
  planShipment: goods,
  bookShipment: goods,
  dropOrderFromShipment: goods,
  dispatchShipment: goods,
  recordCheckpoint: [...goods, "supplier"],
  confirmDelivery: goods,
  declareLost: goods,
  interceptShipment: goods,
  recordIntercept: goods,
  raiseException: [...goods, "service", "supplier"],
  resolveException: goods,
  registerCustomer: front,
  changeCustomerFields: front,
  registerContact: front,
  logInteraction: [...front, "finance"],
  recordSatisfaction: [...front, "customer"],
  openCase: [...front, "customer"],
  answerCase: front,
  closeCase: front,
  openIssue: [...solvers, "warehouse", "finance"],
  confirmCause: solvers,
  addAction: solvers,
  completeAction: [...solvers, "warehouse", "finance"],
  resolveIssue: solvers,
  verifyIssue: solvers,
  triageIssue: deciders,
  closeIssue: deciders,
  requestCustomerErasure: askers,
  withdrawCustomerErasure: askers,
  requestContactErasure: askers,
  withdrawContactErasure: askers,
  eraseCustomer: ["manager", "admin"],
  eraseContact: ["manager", "admin"],
};

test("the table has every command", () => expect(Object.keys(grants).sort()).toEqual([...knownCommands].sort()));

describe.each(Object.entries(grants))("%s", (command, roles) => {
  test.each(ROLES)(`%s`, (role) => {
    expect(defaultPolicy.grantsOf([role]).commands.has(command)).toBe(roles.includes(role));
  });
  test("says who may", () => {
    expect([...defaultPolicy.grantsOf([]).rolesFor(command)].sort()).toEqual([...roles].sort());
  });
});

const all = FIELD_CLASSES;
test.each([
  ["merchandiser", all, "departments"],
  ["lead", all, "departments"],
  ["manager", all, "company"],
  ["sales", all, "departments"],
  ["production", ["personal", "internal"], "departments"],
  ["warehouse", ["contact", "personal", "internal"], "departments"],
  ["logistics", ["contact", "personal", "internal"], "departments"],
  ["service", all, "departments"],
  ["finance", all, "departments"],
  ["customer", ["price", "contact", "personal"], "assigned"],
  ["supplier", [], "assigned"],
  ["auditor", ["price", "internal"], "departments"],
  ["admin", all, "company"],
  ["importer", all, "company"],
] as const)("%s sees the fields %j and the rows of %s", (role, fields, rows) => {
  expect([...defaultPolicy.grantsOf([role]).fields]).toEqual([...fields]);
  expect(defaultPolicy.rowsOf([role])).toBe(rows);
});

test("several roles grant together what each grants", () => {
  const { commands, fields } = defaultPolicy.grantsOf(["supplier", "auditor"]);
  expect([...commands]).toEqual(["recordCheckpoint", "raiseException"]);
  expect([...fields]).toEqual(["price", "internal"]);
  expect(defaultPolicy.grantsOf(["auditor", "supplier", "auditor"]).commands).toBe(commands);
});

test("a role that the file leaves out may do nothing", () => {
  const { commands, rights, fields } = new Policy({ version: 1, groups: {}, roles: {} }).grantsOf(["admin"]);
  expect([commands.size, rights.size, fields.size]).toEqual([0, 0, 0]);
});
