// gendan export, gendan sheet: lists as files, and edited ones back, through the gateway as anybody sends them.
import { createWriteStream, openAsBlob } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { basename, extname } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Fault } from "@gendan/eventing";
import { UsageError } from "../terminal/arguments.js";
import type { Texts } from "../terminal/texts.js";
import { data, server, type Command } from "./command.js";
import { openDoor, type Door } from "./door.js";

const FORMATS = [".csv", ".xlsx"];

export const exportCommand: Command = {
  options: {
    ...{
      out: { type: "string" },
      filter: { type: "string" },
      "order-by": { type: "string" },
      lang: { type: "string" },
    },
    ...server,
    ...data,
  },
  words: ["list"],
  async run(args, { texts, print, language }) {
    const [list] = args.words as [string];
    const out = args.value("out") ?? `${list}.csv`;
    if (!FORMATS.includes(extname(out))) throw new UsageError(texts.notATable("--out"));
    const query = new URLSearchParams({ lang: args.value("lang") ?? language });
    for (const [flag, name] of [
      ["filter", "filter"],
      ["order-by", "orderBy"],
    ] as const) {
      const value = args.value(flag);
      if (value !== undefined) query.set(name, value);
    }
    const door = await openDoor(args, texts);
    const part = `${out}.part`;
    try {
      const answer = await ask(
        door,
        `/export/${encodeURIComponent(list)}${extname(out)}?${query.toString()}`,
        {},
        texts,
      );
      // Under its name only when it is whole.
      await pipeline(Readable.fromWeb(answer.body as never), createWriteStream(part));
      await rename(part, out);
      print(out);
      return 0;
    } catch (error) {
      throw error instanceof Fault ? error : new Fault("BAD_USER_INPUT", texts.brokenOff(list), {}, { cause: error });
    } finally {
      await rm(part, { force: true });
      await door.close();
    }
  },
};

interface Line {
  readonly done?: boolean;
  readonly row: number;
  readonly id: string;
  readonly status: "accepted" | "unchanged" | "refused";
  readonly commands: readonly string[];
  readonly amendment?: string;
  readonly errors: readonly { readonly code: string; readonly message: string }[];
}

interface Sum {
  readonly dryRun: boolean;
  readonly accepted: number;
  readonly unchanged: number;
  readonly refused: number;
}

export const sheetCommand: Command = {
  options: {
    ...{ apply: { type: "boolean" }, json: { type: "boolean" }, reason: { type: "string" } },
    ...{ "asked-by": { type: "string" } },
    ...server,
    ...data,
  },
  words: ["sheet", "file"],
  async run(args, { texts, print, language }) {
    const [sheet, file] = args.words as [string, string];
    const query = new URLSearchParams({ dryRun: String(!args.flag("apply")), lang: language });
    for (const [flag, name] of [
      ["reason", "reason"],
      ["asked-by", "askedBy"],
    ] as const) {
      const value = args.value(flag);
      if (value !== undefined) query.set(name, value);
    }
    const body = new FormData();
    body.append("file", await blobOf(file, texts), basename(file));
    const door = await openDoor(args, texts);
    try {
      const path = `/sheets/${encodeURIComponent(sheet)}?${query.toString()}`;
      const answer = await ask(door, path, { method: "POST", body }, texts);
      let sum: Sum | undefined;
      for await (const text of createInterface({ input: Readable.fromWeb(answer.body as never) })) {
        const line = JSON.parse(text) as Line & Sum;
        if (line.done) sum = line;
        if (args.flag("json")) print(text);
        else if (!line.done && line.status !== "unchanged") print(told(line, texts));
      }
      if (!sum) throw new Fault("BAD_USER_INPUT", texts.brokenOff(sheet));
      if (!args.flag("json")) print(texts.sheetSum(sum.dryRun, sum.accepted, sum.unchanged, sum.refused));
      return sum.refused > 0 ? 1 : 0;
    } finally {
      await door.close();
    }
  },
};

const told = ({ row, id, status, commands, amendment, errors }: Line, texts: Texts): string =>
  [
    texts.sheetRow(row, id, texts.sheetStatus[status as "accepted" | "refused"]),
    ...(commands.length > 0 ? [commands.join(", ")] : []),
    ...(amendment === undefined ? [] : [texts.sheetAmendment(amendment)]),
    ...errors.map(({ code, message }) => `${code}: ${message}`),
  ].join("  ");

async function blobOf(file: string, texts: Texts): Promise<Blob> {
  try {
    return await openAsBlob(file);
  } catch {
    throw new UsageError(texts.noFile(file));
  }
}

/** The answer; what is refused is told as it is. */
async function ask({ url, token }: Door, path: string, init: RequestInit, texts: Texts): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${token}` } });
  } catch (cause) {
    throw new Fault("BAD_USER_INPUT", texts.noAnswer(url), {}, { cause });
  }
  if (answer.ok) return answer;
  const { errors } = (await answer.json().catch(() => ({}))) as { errors?: readonly { readonly message: string }[] };
  throw new Fault("BAD_USER_INPUT", errors?.[0]?.message ?? texts.notAdministered(url, answer.status));
}
