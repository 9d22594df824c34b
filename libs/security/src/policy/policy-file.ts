// The form of a policy file: who may do and see what. docs/policy.md tells of it, and a spec compares the two.
import { z } from "zod";

export const ROLES = [
  "merchandiser",
  "lead",
  "manager",
  "sales",
  "production",
  "warehouse",
  "logistics",
  "service",
  "finance",
  "customer",
  "supplier",
  "auditor",
  "admin",
  "importer",
] as const;
export type Role = (typeof ROLES)[number];

/**
 * What roles may do beyond commands. backdate: tell of the past (`occurredAt`, `historical`). fulfilRights: have all
 * that is held of a person exported. administer: verify, rebuild, redrive. introspection: read the schema.
 */
export const RIGHTS = ["backdate", "fulfilRights", "administer", "introspection"] as const;
export type Right = (typeof RIGHTS)[number];

/**
 * Classes of fields that are null for who does not see them; each is a directive of the same name in the schemas. price: what
 * is paid, and on which terms. contact: how somebody is reached. personal: sealed values. internal: what the company says
 * among itself.
 */
export const FIELD_CLASSES = ["price", "contact", "personal", "internal"] as const;
export type FieldClass = (typeof FIELD_CLASSES)[number];

/**
 * Which rows a role sees. departments: those of the token's departments, and what is assigned to or shared with the caller.
 * company: the whole company where the token names no department. assigned: what is assigned or shared, whatever departments
 * the token names.
 */
export const ROWS = ["departments", "company", "assigned"] as const;
export type Rows = (typeof ROWS)[number];

/** A department is a path; the empty one is the whole company. */
export const DEPARTMENT_PATH = /^[^/\s][^/]*(\/[^/\s][^/]*)*$/;

const names = z.array(z.string());

const role = z.strictObject({
  /** Mutations, and groups of them. */
  commands: names.default([]),
  rights: z.array(z.enum(RIGHTS)).default([]),
  fields: z.array(z.enum(FIELD_CLASSES)).default([]),
  rows: z.enum(ROWS).default("departments"),
});

const department = z.strictObject({
  path: z.string().regex(DEPARTMENT_PATH, "write a path such as cn/east/sales"),
  en: z.string().min(1),
  zh: z.string().min(1),
});

export const policyFile = z.strictObject({
  version: z.literal(1),
  /** Several mutations under one name. */
  groups: z.record(z.string(), names).default({}),
  /** A role that is left out may do nothing and sees no field of a class. */
  roles: z.partialRecord(z.enum(ROLES), role),
  /** All there are, each with its parents; when absent, any path is a department. */
  departments: z.array(department).optional(),
});

export type PolicyFile = z.output<typeof policyFile>;
export type RoleGrants = z.output<typeof role>;
