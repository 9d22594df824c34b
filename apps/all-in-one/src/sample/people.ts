// Who works at the sample company, and where.
import type { Identity } from "@gendan/security";
import type { User } from "./command.js";

/** Three levels of departments; customers and orders belong to the lowest. */
export const DEPARTMENTS = ["cn/east/sales", "cn/east/export", "cn/south/sales", "eu/north/sales"] as const;
export type Department = (typeof DEPARTMENTS)[number];

/**
 * The role importer beside their own lets them tell of the past, for as long as the sample is being made: tokens are made by
 * whoever installs, and those for the same people later need not have it. Alone it makes a program that acts for nobody.
 */
export const people: Readonly<Record<User, Omit<Identity, "user">>> = {
  li: { roles: ["merchandiser", "importer"], departments: ["cn/east"] },
  wang: { roles: ["merchandiser", "importer"], departments: ["cn/east"] },
  zhou: { roles: ["merchandiser", "importer"], departments: ["cn/south"] },
  fischer: { roles: ["merchandiser", "importer"], departments: ["eu/north"] },
  mei: { roles: ["manager", "importer"] },
  chen: { roles: ["logistics", "importer"], departments: ["cn", "eu"] },
  sun: { roles: ["service", "importer"], departments: ["cn", "eu"] },
  zhao: { roles: ["finance", "importer"], departments: ["cn", "eu"] },
  "web-shop": { roles: ["importer"] },
};

/** Who enters a department's orders, and who verifies them. */
export const desks: Readonly<Record<Department, readonly [enterer: User, verifier: User]>> = {
  "cn/east/sales": ["li", "wang"],
  "cn/east/export": ["wang", "li"],
  "cn/south/sales": ["zhou", "mei"],
  "eu/north/sales": ["fischer", "mei"],
};
