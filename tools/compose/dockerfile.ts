// The Dockerfile, read as far as our own rules about it need.

export interface Instruction {
  readonly name: string;
  readonly value: string;
}

export interface Stage {
  readonly name: string;
  /** An image, or the name of an earlier stage. */
  readonly from: string;
  readonly instructions: readonly Instruction[];
}

export interface Dockerfile {
  readonly stages: readonly Stage[];
  /** What is built unless something else is asked for: the last stage. */
  readonly runtime: Stage;
}

const INSTRUCTION = /^([A-Z]+)\s+(.+)$/s;
const FROM = /^(\S+) AS ([a-z]+)$/;

/** Throws what is no instruction, and stages without a name. */
export function readDockerfile(text: string): Dockerfile {
  const stages: { name: string; from: string; instructions: Instruction[] }[] = [];
  for (const line of logicalLines(text)) {
    const [, name, value] = INSTRUCTION.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`Dockerfile: "${line}" is no instruction`);
    if (name === "FROM") {
      const [, from, as] = FROM.exec(value) ?? [];
      if (from === undefined || as === undefined) throw new Error(`Dockerfile: "${line}" names no stage`);
      stages.push({ name: as, from, instructions: [] });
    } else {
      const stage = stages.at(-1);
      if (!stage) throw new Error(`Dockerfile: "${line}" stands before the first FROM`);
      stage.instructions.push({ name, value });
    }
  }
  const runtime = stages.at(-1);
  if (!runtime) throw new Error("Dockerfile: there is no stage");
  return { stages, runtime };
}

export const valuesOf = (stage: Stage, instruction: string): readonly string[] =>
  stage.instructions.filter(({ name }) => name === instruction).map(({ value }) => value);

/** What the last such instruction says, as a list of words; undefined where it is absent or goes through a shell. */
export function wordsOf(stage: Stage, instruction: string): readonly string[] | undefined {
  const [, list] = /(\[.*\])$/s.exec(valuesOf(stage, instruction).at(-1) ?? "") ?? [];
  return list === undefined ? undefined : (JSON.parse(list) as string[]);
}

/** The variables that the stage sets. */
export function environmentOf(stage: Stage): Readonly<Record<string, string>> {
  const pairs = valuesOf(stage, "ENV").flatMap((value) => [...value.matchAll(/([A-Z][A-Z0-9_]*)=("[^"]*"|\S+)/g)]);
  return Object.fromEntries(pairs.map(([, name, value]) => [name!, value!.replace(/^"|"$/g, "")]));
}

/** Without comments, with the lines that a backslash continues made one. */
const logicalLines = (text: string): readonly string[] =>
  text
    .split("\n")
    .filter((line) => !line.trimStart().startsWith("#"))
    .join("\n")
    .replace(/\\\n\s*/g, " ")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
