// Data scope: the tokens that say who may see a document, part of every query from the first one on.

/** The most tokens that one caller's query may carry. */
export const MAX_CALLER_TOKENS = 32;

/** A department is a path such as `cn/east/sales`; "" is the whole company. */
export const departmentToken = (department: string): string => `d:${department}`;

/** An assignment or a share to one person. */
export const personToken = (person: string): string => `u:${person}`;

/** The tokens of what a department owns: its own and its ancestors', up to the whole company's. */
export function departmentTokens(department: string): string[] {
  const tokens = [departmentToken("")];
  if (department === "") return tokens;
  const names = department.split("/");
  for (let depth = 1; depth <= names.length; depth++) tokens.push(departmentToken(names.slice(0, depth).join("/")));
  return tokens;
}

/** Who sees something that a department owns and that some persons are assigned to (or were given a share of). */
export function visibleTo(owner: {
  readonly department: string;
  readonly persons: readonly (string | undefined)[];
}): string[] {
  const persons = owner.persons.filter((person): person is string => person !== undefined);
  return [...departmentTokens(owner.department), ...new Set(persons.map(personToken))];
}

/** Whether a caller who holds `held` sees something marked with `marks`. */
export const sees = (held: readonly string[], marks: readonly string[]): boolean =>
  held.some((token) => marks.includes(token));
