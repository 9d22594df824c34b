// Who asks: a user with roles, what these grant, and the scope tokens that bound what every query of theirs can see.
import { departmentToken, Fault, MAX_CALLER_TOKENS, personToken, topmost, type Actor } from "@gendan/eventing";
import { DEPARTMENT_PATH, ROLES, type FieldClass, type Right, type Role, type Rows } from "./policy/policy-file.js";
import type { Grants, Policy } from "./policy/policy.js";

export interface Caller {
  readonly user: string;
  readonly roles: readonly Role[];
  readonly grants: Grants;
  /** Departments with everything below them; "" is the whole company. None lies below another one. */
  readonly departments: readonly string[];
  /** What they hold of `visibleTo` marks: their departments and themselves, at most MAX_CALLER_TOKENS. */
  readonly tokens: readonly string[];
  /** When the token ends by which they came, in milliseconds since 1970; absent where none does. */
  readonly expiresAt?: number;
}

const MAX_USER_LENGTH = 100;

export interface Identity {
  readonly user: string;
  readonly roles: readonly string[];
  readonly departments?: readonly string[];
}

/** The identity, if it is one, whatever a policy says of it. Throws BAD_USER_INPUT that names what is wrong with it. */
export function checkedIdentity({ user, roles, departments = [] }: Identity) {
  if (user.trim() === "" || user.length > MAX_USER_LENGTH) {
    throw new Fault("BAD_USER_INPUT", `A user is named with 1 to ${MAX_USER_LENGTH} characters.`);
  }
  const known = [...new Set(roles.map(roleOf))];
  if (known.length === 0) throw new Fault("BAD_USER_INPUT", `A user needs a role: ${ROLES.join(", ")}.`);
  for (const department of departments) {
    if (department === "" || DEPARTMENT_PATH.test(department)) continue;
    throw new Fault("BAD_USER_INPUT", `"${department}" is not a department: write a path such as cn/east/sales.`);
  }
  return { user, roles: known, departments };
}

/**
 * The caller of an identity, as the policy sees them. Throws BAD_USER_INPUT for what is no identity, DEPARTMENT_UNKNOWN for a
 * department that is not in the policy's list, where it has one.
 */
export function callerOf(identity: Identity, policy: Policy): Caller {
  const { user, roles, departments } = checkedIdentity(identity);
  for (const department of departments) mustBeKnown(department, policy);
  const seen = seenBy(policy.rowsOf(roles), departments);
  const tokens = [...seen.map(departmentToken), personToken(user)];
  if (tokens.length > MAX_CALLER_TOKENS) {
    throw new Fault("BAD_USER_INPUT", `A user may have at most ${MAX_CALLER_TOKENS - 1} departments.`);
  }
  return { user, roles, grants: policy.grantsOf(roles), departments: seen, tokens };
}

/** Whether one of the caller's roles has the right. */
export const may = ({ grants }: Pick<Caller, "grants">, right: Right): boolean => grants.rights.has(right);

/** Whether one of the caller's roles sees fields of the class. */
export const seesFields = ({ grants }: Pick<Caller, "grants">, of: FieldClass): boolean => grants.fields.has(of);

/** Who acts when the caller sends a command: an importer and nothing else is a program that acts on nobody's behalf. */
export const actorOf = ({ user, roles }: Pick<Caller, "user" | "roles">): Actor =>
  roles.every((role) => role === "importer") ? { kind: "service", id: user } : { kind: "person", id: user };

function roleOf(name: string): Role {
  const role = ROLES.find((each) => each === name);
  if (!role) throw new Fault("BAD_USER_INPUT", `"${name}" is not a role: ${ROLES.join(", ")}.`);
  return role;
}

function mustBeKnown(department: string, policy: Policy): void {
  const unknown = policy.unknownDepartment(department);
  if (!unknown) return;
  const { nearest } = unknown;
  const wayOut = nearest ? `; ${nearest.path} (${nearest.en}, ${nearest.zh}) is the nearest` : "";
  throw new Fault("DEPARTMENT_UNKNOWN", `"${department}" is no department of the policy${wayOut}.`, {
    department,
    ...(nearest ? { nearest: nearest.path } : {}),
  });
}

function seenBy(rows: Rows, departments: readonly string[]): readonly string[] {
  if (rows === "assigned") return [];
  return rows === "company" && departments.length === 0 ? [""] : topmost(departments);
}
