// Who asks: a user with roles, and the scope tokens that bound what every query of theirs can see.
import { departmentToken, Fault, MAX_CALLER_TOKENS, personToken, type Actor } from "@gendan/eventing";

export const ROLES = [
  "admin",
  "manager",
  "merchandiser",
  "sales",
  "production",
  "warehouse",
  "logistics",
  "service",
  "finance",
  "importer",
  "auditor",
] as const;
export type Role = (typeof ROLES)[number];

export interface Caller {
  readonly user: string;
  readonly roles: readonly Role[];
  /** Departments with everything below them; "" is the whole company. None lies below another one. */
  readonly departments: readonly string[];
  /** What they hold of `visibleTo` marks: their departments and themselves, at most MAX_CALLER_TOKENS. */
  readonly tokens: readonly string[];
  /** When the token ends by which they came, in milliseconds since 1970; absent where none does. */
  readonly expiresAt?: number;
}

/** These see the whole company where no department is named; everybody else then sees only what is assigned to them. */
const companyWide: ReadonlySet<Role> = new Set(["admin", "manager", "importer"]);

const MAX_USER_LENGTH = 100;
const DEPARTMENT = /^[^/\s][^/]*(\/[^/\s][^/]*)*$/;

export interface Identity {
  readonly user: string;
  readonly roles: readonly string[];
  readonly departments?: readonly string[];
}

/** The caller of an identity. Throws BAD_USER_INPUT that names what is wrong with it. */
export function callerOf({ user, roles, departments = [] }: Identity): Caller {
  if (user.trim() === "" || user.length > MAX_USER_LENGTH) {
    throw new Fault("BAD_USER_INPUT", `A user is named with 1 to ${MAX_USER_LENGTH} characters.`);
  }
  const known = roles.map(roleOf);
  if (known.length === 0) throw new Fault("BAD_USER_INPUT", `A user needs a role: ${ROLES.join(", ")}.`);
  for (const department of departments) {
    if (department === "" || DEPARTMENT.test(department)) continue;
    throw new Fault("BAD_USER_INPUT", `"${department}" is not a department: write a path such as cn/east/sales.`);
  }
  const all = departments.length === 0 && known.some((role) => companyWide.has(role)) ? [""] : topmost(departments);
  const tokens = [...all.map(departmentToken), personToken(user)];
  if (tokens.length > MAX_CALLER_TOKENS) {
    throw new Fault("BAD_USER_INPUT", `A user may have at most ${MAX_CALLER_TOKENS - 1} departments.`);
  }
  return { user, roles: [...new Set(known)], departments: all, tokens };
}

/** Who acts when the caller sends a command: an importer and nothing else is a program that acts on nobody's behalf. */
export const actorOf = ({ user, roles }: Caller): Actor =>
  roles.every((role) => role === "importer") ? { kind: "service", id: user } : { kind: "person", id: user };

function roleOf(name: string): Role {
  const role = ROLES.find((each) => each === name);
  if (!role) throw new Fault("BAD_USER_INPUT", `"${name}" is not a role: ${ROLES.join(", ")}.`);
  return role;
}

/** Leaves out what lies below another one: sums over departments must not count a leaf twice. */
function topmost(departments: readonly string[]): string[] {
  const distinct = [...new Set(departments)];
  const isBelow = (one: string, other: string) => one !== other && (other === "" || one.startsWith(`${other}/`));
  return distinct.filter((one) => !distinct.some((other) => isBelow(one, other)));
}
