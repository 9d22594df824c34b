// What went wrong with orders and what customers ask: cases, the issues that they become, and the issues that rules found.
import { uuidFrom } from "@gendan/eventing";
import type { Random } from "../chaos/random.js";
import { DAY, dayOf, type Command, type Story } from "./command.js";
import type { Customer } from "./customers.js";

/** An order, or a customer alone, and how long nothing else has happened since. */
export interface Occasion {
  readonly customer: Customer;
  readonly orderId?: string;
  readonly since: number;
}

/** An issue that a rule has opened. */
export interface FoundIssue {
  readonly id: string;
  readonly severity: "MINOR" | "SEVERE";
  readonly openedAt: string;
}

const OWNER = "chen";

/** How an issue is followed up, step by step: so many of them are done. */
const issueInputs = (issueId: string, severity: string, cause: string, dueOn: string): [string, object][] => {
  const actionId = uuidFrom("sample", "action", issueId);
  return [
    ["triageIssue", { severity, responsibleParty: cause === "packing" ? "SUPPLIER" : "CARRIER", owner: OWNER }],
    ["confirmCause", { cause, evidence: "承运商轨迹与照片 photos, carrier's log" }],
    ["addAction", { actionId, description: "与对方复核流程 review with them", owner: OWNER, dueOn }],
    ["completeAction", { actionId }],
    ["resolveIssue", {}],
    ["verifyIssue", { effective: true }],
    ["closeIssue", {}],
  ];
};
const CLOSED = 7;
const RESOLVED = 5;
/** The number of steps done, one issue after the other: each state comes up. "again": it was seen not to help. */
const progress = [CLOSED, 0, CLOSED, 1, CLOSED, 2, "again", 3, CLOSED, RESOLVED, CLOSED, 6] as const;
const causes = ["carrier-delay", "carrier-delay", "customs", "packing", "carrier-delay", "capacity", "weather"];

export function issueStory({ id: issueId, severity, openedAt }: FoundIssue, n: number, now: number): Story {
  const done = progress[n % progress.length]!;
  const opened = Date.parse(openedAt);
  const steps = issueInputs(issueId, severity, causes[n % causes.length]!, dayOf(opened + 7 * DAY));
  const judged = steps.slice(0, RESOLVED).concat([["verifyIssue", { effective: false }]]);
  return spread(opened, now, done === "again" ? judged : steps.slice(0, done)).map(([at, [mutation, input]]) => [
    { user: "mei", mutation, at, input: { issueId, ...input } },
  ]);
}

const subjects = ["delay", "damage", "documents", "wrong-item", "invoice"];

/** An inquiry or a complaint: open, answered or closed; every fourth becomes an issue, which is worked on or closed with it. */
export function caseStory({ customer, orderId, since }: Occasion, n: number, random: Random, now: number): Story {
  const caseId = uuidFrom("sample", "case", String(n));
  const kind = n % 3 === 0 ? "INQUIRY" : "COMPLAINT";
  const about = { customerId: customer.id, ...(orderId === undefined ? {} : { orderId }) };
  const subject = random.pick(subjects);
  const text = kind === "INQUIRY" ? "货到哪里了？Where are our goods?" : "纸箱破损，请处理。Cartons arrived crushed.";
  const opening: [string, object] = [
    "openCase",
    { id: caseId, kind, ...about, subject, text, priority: random.pick(["NORMAL", "HIGH", "LOW"]) },
  ];
  const answer: [string, object] = ["answerCase", { caseId, text: "已核实，正在处理。We are looking into it." }];
  const closing: [string, object] = [
    "closeCase",
    { caseId, outcome: random.pick(["resolved", "refunded", "unjustified"]) },
  ];
  const steps: [string, object][] = [opening];
  if (n % 4 > 0) steps.push(answer);
  if (n % 4 === 2) steps.push(closing);
  if (n % 4 === 3) {
    const issueId = uuidFrom("sample", "issue", String(n));
    const closed = n % 8 === 3;
    steps.push(["openIssue", { id: issueId, title: subject, description: text, caseId }]);
    const followed = issueInputs(issueId, "MINOR", random.pick(["packing", "documents"]), dayOf(now + 7 * DAY));
    for (const [mutation, input] of followed.slice(0, closed ? CLOSED : 3))
      steps.push([mutation, { issueId, ...input }]);
    if (closed) steps.push(closing);
  }
  return spread(since, now, steps).map(([at, [mutation, input]]): Command[] => [
    { user: /Issue|Cause|Action/.test(mutation) ? "mei" : "sun", mutation, at, input: input as Command["input"] },
  ]);
}

const summaries = [
  "催货 asked for the date",
  "确认唛头 confirmed the shipping mark",
  "新品介绍 new products",
  "对账 statement",
];

/** Something that was said. */
export function talk(id: string, { customer, orderId, since }: Occasion, random: Random, now: number): Command {
  const channel = random.pick(["CALL", "MAIL", "CHAT", "VISIT", "PORTAL"]);
  const direction = random.pick(["INBOUND", "OUTBOUND"]);
  const about = { customerId: customer.id, ...(orderId === undefined ? {} : { orderId }) };
  const at = since + random.below(Math.max(1, now - since));
  return {
    user: "sun",
    mutation: "logInteraction",
    at,
    input: { id, ...about, channel, direction, summary: random.pick(summaries) },
  };
}

/** Each step with its time: evenly from then to now, and over a fortnight at most. */
function spread<Step>(from: number, now: number, steps: readonly Step[]): [number, Step][] {
  const gap = Math.min(now - from, 14 * DAY) / (steps.length + 1);
  return steps.map((step, n) => [Math.round(from + gap * (n + 1)), step]);
}
