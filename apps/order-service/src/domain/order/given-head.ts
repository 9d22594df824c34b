// What stands over the lines of an order or an offer as somebody gives it: whose it is, and where it belongs.
import { isZone } from "@gendan/eventing";
import { isCurrency, isDepartment, isPublicId } from "../values.js";
import type { Checks } from "./faults.js";

export interface GivenHead {
  readonly customerId?: string;
  readonly currency?: string;
  readonly zone: string;
  readonly department: string;
  /** Whether the caller may own orders there; nobody gives an order where they would not see it. */
  readonly departmentInScope: boolean;
  readonly assignee?: string;
}

/** Everything that is wrong with it, and with the id that it is to have. */
export function checkHead(id: string, head: GivenHead, checks: Checks): void {
  const { customerId = "", currency = "", zone, department, departmentInScope, assignee } = head;
  if (!isPublicId(id)) checks.add("ID_INVALID", "id", id);
  if (customerId === "") checks.add("CUSTOMER_MISSING", "customerId");
  else if (!isPublicId(customerId)) checks.add("ID_INVALID", "customerId", customerId);
  if (!isCurrency(currency)) checks.add("CURRENCY_INVALID", "currency", currency);
  if (!isZone(zone)) checks.add("ZONE_UNKNOWN", "zone", zone);
  if (!isDepartment(department)) checks.add("DEPARTMENT_INVALID", "department", department);
  else if (!departmentInScope) checks.add("DEPARTMENT_OUT_OF_SCOPE", "department", department);
  checks.text("department", department);
  checks.text("assignee", assignee);
}
