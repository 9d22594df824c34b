// What a caller's roles grant them, as far as subgraphs and gateways go by it.

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
