// How lists find what belongs to a department and to those below it.

/** Ends with a slash, so that a department and all below it are one range: `cn/east/` ≤ column < `cn/east0`. */
export const departmentColumn = (department: string): string => `${department}/`;
