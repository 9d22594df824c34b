// What a caller's roles grant them, as every subgraph holds to it: commands that are refused before anything is looked up.
import type { Language } from "./context.js";
import { refusedPayload, type Messages, type Payload } from "./payloads.js";

/** What the kit must know of a policy; the Grants of @gendan/security are one. */
export interface Grants {
  /** The mutations that the caller may send. */
  readonly commands: ReadonlySet<string>;
  readonly rights: ReadonlySet<string>;
  /** The classes of fields that the caller sees. */
  readonly fields: ReadonlySet<string>;
  /** The roles that may send a command. */
  rolesFor(command: string): readonly string[];
  /** Why a path is no department; undefined for one that is. */
  unknownDepartment(path: string): UnknownDepartment | undefined;
}

export interface UnknownDepartment {
  /** The department that was probably meant, else the nearest above it. */
  readonly nearest?: { readonly path: string; readonly en: string; readonly zh: string };
}

/** Of whoever comes without: no command, no right, no field of a class. */
export const noGrants: Grants = {
  commands: new Set(),
  rights: new Set(),
  fields: new Set(),
  rolesFor: () => [],
  unknownDepartment: () => undefined,
};

type GrantRefusal =
  | { readonly code: "COMMAND_NOT_GRANTED"; readonly command: string; readonly roles: readonly string[] }
  | {
      readonly code: "DEPARTMENT_UNKNOWN";
      readonly field: string;
      readonly department: string;
      readonly nearest?: string;
    };

/**
 * Why the caller may not send a command, as its payload; undefined where they may. Asked of the command's name and of the
 * departments that its input names (`department`), of nothing that is stored.
 */
export function refusedByGrants(
  grants: Grants,
  command: string,
  input: unknown,
  language: Language,
): Payload | undefined {
  if (!grants.commands.has(command)) {
    const refusal = { code: "COMMAND_NOT_GRANTED", command, roles: grants.rolesFor(command) } as const;
    return refusedPayload<GrantRefusal>([refusal], messages, language);
  }
  const { department } = (input ?? {}) as { readonly department?: unknown };
  const unknown = typeof department === "string" ? grants.unknownDepartment(department) : undefined;
  if (unknown === undefined) return undefined;
  const nearest = unknown.nearest === undefined ? {} : { nearest: unknown.nearest.path };
  const refusal = { code: "DEPARTMENT_UNKNOWN", field: "department", department: department as string, ...nearest } as const; // prettier-ignore
  return refusedPayload<GrantRefusal>([refusal], messages, language);
}

const messages: Messages<GrantRefusal> = {
  COMMAND_NOT_GRANTED: {
    en: ({ command, roles }) =>
      roles.length === 0
        ? `Nobody may send ${command}.`
        : `Your roles may not send ${command}; ${roles.join(", ")} may.`,
    zh: ({ command, roles }) =>
      roles.length === 0
        ? `没有角色可以执行 ${command}。`
        : `您的角色不能执行 ${command}，可执行的角色：${roles.join("、")}。`,
  },
  DEPARTMENT_UNKNOWN: {
    en: ({ department, nearest }) =>
      `There is no department ${department}${nearest === undefined ? "" : `; ${nearest} is the nearest`}.`,
    zh: ({ department, nearest }) =>
      `没有部门 ${department}${nearest === undefined ? "" : `，最接近的是 ${nearest}`}。`,
  },
};
