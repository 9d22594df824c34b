// Commands that a caller's roles do not grant: refused before anything is looked up.
import type { GendanContext } from "./context.js";
import { noGrants } from "./grants.js";
import { refusedPayload, type Messages, type Payload } from "./payloads.js";

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
  context: Pick<GendanContext, "caller" | "language">,
  command: string,
  input: unknown,
): Payload | undefined {
  const { grants = noGrants } = context.caller;
  if (!grants.commands.has(command)) {
    const refusal = { code: "COMMAND_NOT_GRANTED", command, roles: grants.rolesFor(command) } as const;
    return refusedPayload<GrantRefusal>([refusal], messages, context);
  }
  const { department } = (input ?? {}) as { readonly department?: unknown };
  const unknown = typeof department === "string" ? grants.unknownDepartment(department) : undefined;
  if (unknown === undefined) return undefined;
  const nearest = unknown.nearest === undefined ? {} : { nearest: unknown.nearest.path };
  const refusal = { code: "DEPARTMENT_UNKNOWN", field: "department", department: department as string, ...nearest } as const; // prettier-ignore
  return refusedPayload<GrantRefusal>([refusal], messages, context);
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
