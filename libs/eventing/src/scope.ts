// Data scope: the tokens that say who may see a document, part of every query from the first one on.

/** Whose something is, who follows it up, and the marks by which it is seen. */
export interface Scope {
  readonly department: string;
  readonly assignee?: string | undefined;
  readonly visibleTo: readonly string[];
}

/** The scope alone of what carries one, for a message or a document of its own. */
export const scopeOf = ({ department, assignee, visibleTo }: Scope) => ({
  department,
  assignee,
  visibleTo: [...visibleTo],
});

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

/** Whether a department is the other or lies below it; "" is the whole company. */
export const isWithin = (department: string, other: string): boolean =>
  other === "" || department === other || department.startsWith(`${other}/`);

/** What of the departments lies within another one: the narrower of the two, where one lies within the other. */
export const narrowed = (departments: readonly string[], to: string): string[] =>
  departments.some((department) => isWithin(to, department))
    ? [to]
    : departments.filter((department) => isWithin(department, to));

/** Departments without those that lie below another one: sums over them must not count a leaf twice. */
export function topmost(departments: readonly string[]): string[] {
  const distinct = [...new Set(departments)];
  return distinct.filter((one) => !distinct.some((other) => one !== other && isWithin(one, other)));
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
