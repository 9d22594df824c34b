// What mutations and lists of issues are given.
import { z } from "zod";
import * as input from "./inputs.js";

const { optional, meant } = input;
const severity = input.enumOf({ MINOR: "minor", SEVERE: "severe" });
const state = input.enumOf({
  DETECTED: "detected",
  TRIAGED: "triaged",
  ANALYSING: "analysing",
  CAUSE_CONFIRMED: "causeConfirmed",
  ACTING: "acting",
  RESOLVED: "resolved",
  VERIFIED: "verified",
  CLOSED: "closed",
});

export const open = z.object({
  ...meant,
  id: optional(input.id),
  severity: optional(severity),
  title: input.code,
  description: optional(input.freeText),
  orderId: optional(input.id),
  shipmentId: optional(input.id),
  caseId: optional(input.id),
});

const decision = { ...meant, issueId: input.id };

export const triage = z.object({
  ...decision,
  severity,
  responsibleParty: input.enumOf({ US: "us", CUSTOMER: "customer", SUPPLIER: "supplier", CARRIER: "carrier" }),
  owner: input.user,
});

export const confirm = z.object({ ...decision, cause: input.code, evidence: optional(input.freeText) });

export const addAction = z.object({
  ...decision,
  actionId: optional(z.string().max(100)),
  description: input.freeText,
  owner: input.user,
  dueOn: optional(z.string()),
  mandatory: optional(z.boolean()),
});

export const completeAction = z.object({ ...decision, actionId: z.string() });

export const resolve = z.object(decision);

export const verify = z.object({ ...decision, effective: z.boolean() });

export const close = z.object({ ...decision, cause: optional(input.code) });

export const filter = z.object({
  states: optional(z.array(state)),
  severities: optional(z.array(severity)),
  rules: optional(z.array(z.string())),
  owner: optional(input.user),
  department: optional(input.department),
  assignee: optional(input.user),
  customerId: optional(input.id),
  orderId: optional(input.id),
});
