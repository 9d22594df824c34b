// A policy: what each role may do and see, as a file says it. Whoever answers to callers is given one.
import { nearestOf } from "@gendan/eventing";
import type { FieldClass, PolicyFile, Right, Role, RoleGrants, Rows } from "./policy-file.js";
import { ROLES } from "./policy-file.js";

/** What several roles together may do and see. One object for the same roles. */
export interface Grants {
  readonly commands: ReadonlySet<string>;
  readonly rights: ReadonlySet<Right>;
  readonly fields: ReadonlySet<FieldClass>;
  /** The roles that may send a command. */
  rolesFor(command: string): readonly Role[];
  /** Why a path is no department: where there is a list, and it is not in it. */
  unknownDepartment(path: string): UnknownDepartment | undefined;
}

export interface UnknownDepartment {
  /** The department that was probably meant, else the nearest above it. */
  readonly nearest?: { readonly path: string; readonly en: string; readonly zh: string };
}

const nothing: RoleGrants = { commands: [], rights: [], fields: [], rows: "departments" };

export class Policy {
  private readonly known = new Map<string, Grants>();
  private readonly commandsOf: ReadonlyMap<Role, ReadonlySet<string>>;
  private readonly departments: ReadonlyMap<string, { path: string; en: string; zh: string }> | undefined;

  /** `file` was checked (read-policy.ts). */
  constructor(private readonly file: PolicyFile) {
    const { groups, departments } = file;
    const written = (name: string): readonly string[] => groups[name] ?? [name];
    this.commandsOf = new Map(ROLES.map((role) => [role, new Set(this.of(role).commands.flatMap(written))]));
    this.departments = departments && new Map(departments.map((each) => [each.path, each]));
  }

  /** What the roles may do and see, each for itself and so all together. */
  grantsOf(roles: readonly Role[]): Grants {
    const distinct = ROLES.filter((role) => roles.includes(role));
    const key = distinct.join(" ");
    const known = this.known.get(key);
    if (known) return known;
    const all = distinct.map((role) => this.of(role));
    const grants: Grants = {
      commands: new Set(distinct.flatMap((role) => [...this.commandsOf.get(role)!])),
      rights: new Set(all.flatMap(({ rights }) => rights)),
      fields: new Set(all.flatMap(({ fields }) => fields)),
      rolesFor: (command) => ROLES.filter((role) => this.commandsOf.get(role)!.has(command)),
      unknownDepartment: (path) => this.unknownDepartment(path),
    };
    this.known.set(key, grants);
    return grants;
  }

  /** Which rows the roles see. Who is an outsider by one of them stays one. */
  rowsOf(roles: readonly Role[]): Rows {
    const all = roles.map((role) => this.of(role).rows);
    if (all.includes("assigned")) return "assigned";
    return all.includes("company") ? "company" : "departments";
  }

  /** Why a path is no department of the list, where the policy has one. "" is the whole company. */
  unknownDepartment(path: string): UnknownDepartment | undefined {
    const { departments } = this;
    if (path === "" || departments === undefined || departments.has(path)) return undefined;
    const above = path.split("/").map((_, index, parts) => parts.slice(0, -index - 1).join("/"));
    const nearest = nearestOf(path, departments.keys()) ?? above.find((each) => departments.has(each));
    return nearest === undefined ? {} : { nearest: departments.get(nearest)! };
  }

  private of(role: Role): RoleGrants {
    return this.file.roles[role] ?? nothing;
  }
}
