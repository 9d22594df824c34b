// Creating commands that carry a number for people. It is drawn only where the thing is not there yet, and is no part of what the
// client said: the same command sent again is the same one.
import type { Envelope, Outcome } from "@gendan/eventing";
import type { CaseRefusal } from "../domain/case/case.refusals.js";
import type { CaseState } from "../domain/case/case.state.js";
import type { OpenCase } from "../domain/case/open-case.js";
import type { CustomerRefusal } from "../domain/customer/customer.refusals.js";
import type { CustomerState } from "../domain/customer/customer.state.js";
import type { RegisterCustomer } from "../domain/customer/register-customer.js";
import type { IssueRefusal } from "../domain/issue/issue.refusals.js";
import type { IssueState } from "../domain/issue/issue.state.js";
import type { OpenIssue } from "../domain/issue/open-issue.js";
import { fieldRulesNow } from "./field-rules.js";
import type { Writers } from "./writers.js";

/** A command before its number is drawn, and before what it is decided under is looked up. */
export type Unnumbered<Command> = Command extends unknown ? Omit<Command, "number" | "fieldRules"> : never;

/** What is created under which id and which year's number, and what the client said: neither numbers nor looked-up facts. */
export interface Creation {
  readonly id: string;
  readonly year: number;
  readonly envelope: Envelope & { readonly body: object };
}

export function registerCustomer(
  { customers, fields, number }: Writers,
  command: Unnumbered<RegisterCustomer>,
  { id, envelope, year }: Creation,
): Promise<Outcome<CustomerState, CustomerRefusal>> {
  const numbered = async (): Promise<RegisterCustomer> => ({
    ...command,
    number: (await customers.load(id))?.state.registered?.number ?? (await number("CU", year)),
    fieldRules: await fieldRulesNow({ fields }),
  });
  return customers.handle(id, numbered, envelope);
}

export function openCase(
  { cases, number }: Writers,
  command: Unnumbered<OpenCase>,
  { id, envelope, year }: Creation,
): Promise<Outcome<CaseState, CaseRefusal>> {
  const numbered = async (): Promise<OpenCase> => ({
    ...command,
    number: (await cases.load(id))?.state.opened?.number ?? (await number("CS", year)),
  });
  return cases.handle(id, numbered, envelope);
}

export function openIssue(
  { issues, number }: Writers,
  command: Unnumbered<OpenIssue>,
  { id, envelope, year }: Creation,
): Promise<Outcome<IssueState, IssueRefusal>> {
  const numbered = async (): Promise<OpenIssue> => ({
    ...command,
    number: (await issues.load(id))?.state.opened?.number ?? (await number("IS", year)),
  });
  return issues.handle(id, numbered, envelope);
}
