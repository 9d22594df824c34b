// gendan audit verify, list, heads. The first two read the files themselves, beside a running server too.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Fault } from "@gendan/eventing";
import { baseConfig, readConfig } from "@gendan/service-kit";
import type { Entry, Head } from "@gendan/security";
import { UsageError, wholeNumber, type Arguments } from "../terminal/arguments.js";
import type { Texts } from "../terminal/texts.js";
import { administer } from "./administer.js";
import { data, server, type Command } from "./command.js";

const LIMIT = { from: 1, to: 100_000, otherwise: 100 };

/** The folder of the audit streams. Throws CONFIGURATION where there is none. */
async function folderOf(args: Arguments, texts: Texts): Promise<string> {
  const { auditFolder } = await import("@gendan/all-in-one/audit");
  const folder = auditFolder(resolve(args.value("data")!));
  if (existsSync(folder)) return folder;
  throw new Fault("CONFIGURATION", texts.noAudit(folder));
}

export const verify: Command = {
  options: { json: { type: "boolean" }, heads: { type: "string", multiple: true }, ...data },
  words: [],
  async run(args, { texts, print }) {
    const folder = await folderOf(args, texts);
    const { streamsIn, verifyStream } = await import("@gendan/security/audit/verify-audit");
    const { auditKey } = await import("@gendan/all-in-one/engines");
    const key = await auditKey(resolve(args.value("data")!), readConfig(baseConfig, process.env));
    const streams = [];
    for (const stream of streamsIn(folder)) streams.push(await verifyStream(folder, stream, key, args.values("heads")));
    const isWhole = streams.every(({ faults }) => faults.length === 0);
    if (args.flag("json")) print(JSON.stringify({ streams, key: key.jwk.kid }));
    else {
      for (const { stream, entries, signedUpTo, faults } of streams) {
        print(texts.auditStream(stream, entries, signedUpTo));
        for (const { kind, where, n } of faults) print(`  ${texts.auditFault(kind, n)}  ${where}`);
      }
      print(isWhole ? texts.auditWhole(streams.length) : texts.auditBroken);
    }
    return isWhole && streams.length > 0 ? 0 : 1;
  },
};

export const list: Command = {
  options: {
    user: { type: "string" },
    subject: { type: "string" },
    since: { type: "string" },
    after: { type: "string" },
    limit: { type: "string" },
    json: { type: "boolean" },
    ...data,
  },
  words: [],
  async run(args, { texts, print }) {
    const folder = await folderOf(args, texts);
    const limit = wholeNumber(args, "limit", LIMIT, texts);
    const { cursorOf, listAudit } = await import("@gendan/security/audit/list-audit");
    const [user, subject, after] = [args.value("user"), args.value("subject"), args.value("after")];
    const { entries, more } = await listAudit(folder, { user, subject, after, since: sinceIn(args, texts) }, limit);
    const isJson = args.flag("json");
    for (const { stream, entry } of entries)
      print(isJson ? JSON.stringify({ stream, ...entry }) : lineOf(stream, entry));
    const last = entries.at(-1);
    if (more && last && !isJson) print(texts.auditMore(cursorOf(last)));
    return 0;
  },
};

export const heads: Command = {
  options: { ...server, ...data },
  words: [],
  async run(args, { texts, print }) {
    const { heads: signed } = await administer<{ readonly heads: readonly Head[] }>("audit/heads", {}, args, texts);
    for (const { stream, n, hash } of signed) print(`${stream}  ${n}  ${hash}`);
    return 0;
  },
};

function sinceIn(args: Arguments, texts: Texts): string | undefined {
  const text = args.value("since");
  if (text === undefined) return undefined;
  if (/^\d{4}-\d\d-\d\d(T.*)?$/.test(text) && !Number.isNaN(Date.parse(text))) return new Date(text).toISOString();
  throw new UsageError(texts.needsValue("--since"));
}

function lineOf(stream: string, entry: Entry): string {
  const at = `${entry.at}  ${stream}:${entry.n}`;
  switch (entry.kind) {
    case "begun":
      return `${at}  ${entry.kind}${entry.brokenBytes === undefined ? "" : `  brokenBytes=${entry.brokenBytes}`}`;
    case "refused":
      return `${at}  ${entry.user}  ${entry.kind} ${entry.command}  ${entry.codes.join(",")}  ${pairs(entry.about)}`;
    case "opened":
      return `${at}  ${entry.user}  ${entry.kind} ${entry.operation}  ${entry.opened
        .map(({ fields, subjects }) => `${fields.join(",")}=${subjects.join(",")}`)
        .join("; ")}`;
  }
}

const pairs = (about: Readonly<Record<string, string>>): string =>
  Object.entries(about)
    .map(([name, id]) => `${name}=${id}`)
    .join(" ");
