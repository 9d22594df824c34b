// Administration goes through the server that was named, or the folder's running one; only where none runs does this process
// open the folder itself.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Fault, type FaultCode } from "@gendan/eventing";
import { signToken } from "@gendan/security";
import { request } from "undici";
import type { Arguments } from "../terminal/arguments.js";
import { progressLine, type ProgressLine } from "../terminal/progress.js";
import type { Texts } from "../terminal/texts.js";
import { namedServer, openHere, serverOf } from "./data-folder.js";
import { secretOf } from "./token.js";

export type Task = keyof Texts["working"];

/** Told each event of a task that watches them. */
export type OnEvent = (event: object) => void;

/** Has a task done, and gives its result. Throws the fault that the server answers. */
export async function administer<Result>(
  task: Task,
  body: object,
  args: Arguments,
  texts: Texts,
  onEvent: OnEvent = () => undefined,
): Promise<Result> {
  const folder = resolve(args.value("data")!);
  const named = namedServer(args, texts);
  if (named === undefined && !existsSync(folder)) throw new Fault("CONFIGURATION", texts.noFolder(folder));
  const line = progressLine(texts.working[task], texts);
  try {
    const url = named ?? (await serverOf(folder, texts));
    if (url === undefined) return (await doHere(folder, { task, body }, line, onEvent)) as Result;
    const token = args.value("token") ?? (await adminToken(folder));
    return (await doThere({ url, token }, { task, body }, { line, onEvent }, texts)) as Result;
  } finally {
    line.end();
  }
}

async function doHere(
  folder: string,
  { task, body }: { readonly task: Task; readonly body: object },
  line: ProgressLine,
  onEvent: OnEvent,
): Promise<unknown> {
  const company = await openHere({ directory: folder });
  try {
    const { administration } = await import("@gendan/all-in-one/admin");
    const watch = { line: (event: object) => Promise.resolve(onEvent(event)), signal: new AbortController().signal };
    // Nothing comes to a company that nobody runs: what is watched ends with what is there.
    return await administration[task](company, { ...body, follow: false }, line.at, watch);
  } finally {
    await company.stop();
  }
}

interface Line {
  readonly progress?: { readonly done: number; readonly total: number | null };
  readonly event?: object;
  readonly result?: unknown;
  readonly error?: { readonly code: FaultCode; readonly message: string };
}

const adminToken = async (folder: string): Promise<string> =>
  signToken(await secretOf(folder), { user: "gendan", roles: ["admin"], expiresIn: "1h" });

async function doThere(
  { url, token }: { readonly url: string; readonly token: string },
  { task, body }: { readonly task: Task; readonly body: object },
  { line, onEvent }: { readonly line: ProgressLine; readonly onEvent: OnEvent },
  texts: Texts,
): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  // Long work has no deadline: it tells how far it is.
  const options = { method: "POST", headers, body: JSON.stringify(body), headersTimeout: 0, bodyTimeout: 0 } as const;
  const response = await request(`${url}/admin/${task}`, options).catch((cause: unknown) => {
    throw new Fault("CLOSED", texts.noAnswer(url), {}, { cause });
  });
  for await (const each of linesOf(response.body)) {
    if (each.error) throw new Fault(each.error.code, each.error.message);
    if (each.progress) line.at(each.progress.done, each.progress.total ?? undefined);
    else if (each.event) onEvent(each.event);
    else if (each.result !== undefined) return each.result;
  }
  throw new Fault("CLOSED", texts.notAdministered(url, response.statusCode));
}

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  let rest = "";
  const parsed = (text: string): Line[] => {
    try {
      return text.trim() === "" ? [] : [JSON.parse(text) as Line];
    } catch {
      return []; // no Gendan; told as such when nothing else comes
    }
  };
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop()!;
    for (const text of lines) yield* parsed(text);
  }
  yield* parsed(rest);
}
