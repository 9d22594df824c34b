// What roles may do beyond what everybody may: one table.
import type { Caller, Role } from "./caller.js";
import { ROLES } from "./caller.js";

/**
 * backdate: tell of the past (`occurredAt`, `historical`). openPersonal: read sealed values. fulfilRights: carry out what
 * persons may demand, an erasure or an export. administer: verify, rebuild, redrive.
 */
export type Right = "backdate" | "openPersonal" | "fulfilRights" | "administer";

const holders: Readonly<Record<Right, ReadonlySet<Role>>> = {
  backdate: new Set(["importer", "admin"]),
  openPersonal: new Set(ROLES.filter((role) => role !== "auditor")),
  fulfilRights: new Set(["manager", "admin"]),
  administer: new Set(["admin"]),
};

/** Whether one of the caller's roles has the right. */
export const may = ({ roles }: Pick<Caller, "roles">, right: Right): boolean =>
  roles.some((role) => holders[right].has(role));
