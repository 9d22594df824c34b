// The command line's texts in English.
import type { AuditFaultKind } from "@gendan/security/audit/verify-audit";

const number = (value: number): string => value.toLocaleString("en-US");

const help = {
  gendan: `gendan <command> …

  token              print a token that says who you are
  import             import orders from CSV files
  export             write a list to a CSV or XLSX file
  sheet              carry out what was edited in an exported file
  verify             fold every document again from the log and list differences
  rebuild            make a projection's documents anew, while the old ones are read
  parked             list events that could not be applied
  redrive            try parked events again
  keys rotate        wrap the keys of persons by another master key
  audit verify       find what was edited, deleted or cut off in the audit streams
  audit list         who was refused what, and who opened whose personal values
  audit heads        sign where the audit streams end now
  reactions resume   let paused reactions go on
  events tail        watch the public events as they come
  events replay      publish a service's public events again, from its log
  events describe    tell what a public event says

\`gendan <command> --help\` tells more of each. Every command takes --data DIR, the data folder (default .gendan).
All but token take --url URL, another server than the folder's own (a gateway of a cluster, such as http://127.0.0.1:4000),
and --token TOKEN, one for it with the role that is needed: importer to import, admin for the rest.
Run it as \`npm run --silent gendan -- <command> …\`.`,
  token: `gendan token --role ROLE --user NAME [--department PATH]… [--expires 12h] [--data DIR]

Prints one token (JWT) to send as \`Authorization: Bearer <token>\`. Its key follows from GENDAN_TOKEN_SECRET where that
is set, else from the data folder's own secret; a running server takes it at once, unless it takes those of an identity
provider alone (GENDAN_OIDC_ISSUER).

  --role ROLE        admin, manager, merchandiser, sales, production, warehouse, logistics, service, finance,
                     importer or auditor; may be given several times
  --user NAME        who it is for
  --department PATH  a department with everything below it, such as cn/east; may be given several times. Without one,
                     admin, manager and importer see the whole company, everybody else what is assigned to them
  --expires SPAN     how long it is valid: 30m, 12h, 90d (default 12h)
  --data DIR         the data folder (default .gendan)`,
  import: `gendan import <mapping> <folder> [--dry-run] [--json] [--url URL] [--token TOKEN] [--concurrency N] [--data DIR]

Imports orders by a mapping: a file (YAML or JSON) that says which columns make what, or the name of a shipped one
(olist). docs/mappings.md tells how to write one. The commands go to the server that runs on the data folder; where none
runs, the folder is opened for the import alone. Importing the same again changes nothing, so an import that was
interrupted is simply run again.

Refused rows go to DIR/import/<name>/refused: mend them there and import that folder.
Facts that contradict each other are listed in DIR/import/<name>/contradictions.csv.

  --dry-run          import into an empty company in memory, and say what would come of it
  --json             the summary as JSON
  --url URL          another server, such as http://127.0.0.1:4000
  --token TOKEN      a token for it, with the role importer; made by itself for the server of the data folder
  --concurrency N    orders at once (default 64)
  --data DIR         the data folder (default .gendan)`,
  export: `gendan export <list> [--out FILE] [--filter JSON] [--order-by JSON] [--lang en|zh] [--url URL] [--token TOKEN] [--data DIR]

Writes a list (orders, order-lines, shipments, receipts, …) to a file, as its token sees it. A name that there is not is
answered with the names that there are. docs/orders/papers.md tells more.

  --out FILE       such as orders.xlsx; what it ends with says the form (default <list>.csv)
  --filter JSON    the list's filter, such as '{"late":true}'
  --order-by JSON  the list's order, such as '{"field":"DUE"}'
  --lang en|zh     the language of the headings`,
  sheet: `gendan sheet <sheet> <file> [--apply] [--reason CODE] [--asked-by WHO] [--json] [--url URL] [--token TOKEN] [--data DIR]

Carries out what was edited in an exported file (sheets: orders, order-lines), row by row; without --apply it only says what
would happen. A row that has changed since the export is refused. Ends with 1 where a row was refused.

  --apply          do it
  --reason CODE    why, for rows without a Reason of their own
  --asked-by WHO   who asked for other days: CUSTOMER, US, SUPPLIER, CARRIER, FORCE_MAJEURE
  --json           a line of JSON for each row`,
  verify: `gendan verify [--json] [--url URL] [--token TOKEN] [--data DIR]

Folds every document again from the log and lists what differs from what is read. Ends with 1 where something does.`,
  rebuild: `gendan rebuild <projection> [--url URL] [--token TOKEN] [--data DIR]

Makes the documents of a projection anew beside the ones that are read, and switches to them when they are complete.
A name that there is not is answered with the names that there are.`,
  parked: `gendan parked [--json] [--url URL] [--token TOKEN] [--data DIR]

Lists events that could not be applied. Later events of the same aggregate wait behind them; nothing else does.`,
  redrive: `gendan redrive [--url URL] [--token TOKEN] [--data DIR]

Tries parked events again, in their order. Ends with 1 where some stay.`,
  "keys rotate": `gendan keys rotate [--url URL] [--token TOKEN] [--data DIR]

Wraps the keys of persons by the first master key that GENDAN_MASTER_KEY_FILE or GENDAN_MASTER_KEY names, beside all other
work. A running server reads the file again. When it is done, the other master keys can be taken away.`,
  "audit verify": `gendan audit verify [--json] [--heads DIR]… [--data DIR]

Walks all audit streams of a data folder, also while it is running, and lists what was done to them: an entry that was
edited, deleted or inserted, an end that was cut off. Ends with 1 where something was. What is newer than the last signed
head could be cut off without a trace; it says how much that is. docs/audit.md tells more.

  --heads DIR  a folder with signed heads that were copied elsewhere; may be given several times`,
  "audit list": `gendan audit list [--user NAME] [--subject ID] [--since TIME] [--after CURSOR] [--limit N] [--json] [--data DIR]

Lists audit entries in the order of their times, from all streams of a data folder: refused commands, and openings of
personal values (whose and which, never what they say).

  --user NAME     who did it
  --subject ID    whose values were opened, or what a refused command was about
  --since TIME    such as 2026-11-23 or 2026-11-23T08:30:00Z
  --after CURSOR  the page behind this entry, as the end of the last page names it
  --limit N       entries on a page (default 100)`,
  "audit heads": `gendan audit heads [--url URL] [--token TOKEN] [--data DIR]

Signs where each audit stream ends now and keeps that beside the streams (audit/heads), as is done every midnight (UTC) and
at each clean stop. Copy that folder to where nobody of this machine can change it.`,
  "reactions resume": `gendan reactions resume --service SERVICE --from TIME [--url URL] [--token TOKEN] [--data DIR]

Reactions whose positions were lost (a restored backup) stay paused, so that nothing is done twice. This lets those of a
service (order, logistics, customer) go on for events recorded from TIME on, such as 2026-11-23T08:30:00Z.`,
  "events tail": `gendan events tail [--topic TOPIC]… [--type TYPE]… [--key ID]… [--from first|TIME] [--no-follow] [--limit N]
                   [--json] [--url URL] [--token TOKEN] [--data DIR]

Prints the public events that come from now on, one on a line, until it is interrupted. It disturbs no consumer.

  --topic TOPIC      of these topics alone, such as gendan.orders
  --type TYPE        of these types alone, such as order.delivered
  --key ID           of these aggregates alone
  --from first|TIME  begin with the first event, or with those recorded from TIME on, such as 2026-11-23T08:30:00Z
  --no-follow        end with what is there now; so it is where no server runs on the data folder
  --limit N          end after N events
  --json             CloudEvents in JSON, as a consumer gets them`,
  "events replay": `gendan events replay --service SERVICE [--from TIME] [--to TIME] [--type TYPE]… [--key ID]…
                     [--url URL] [--token TOKEN] [--data DIR]

Publishes what a service (order, logistics, customer) has told once more, from its log: the same ids and sequences, in
their order, in the newest version. Consumers that know them take them for repetitions; those that lost them have them back.

  --from TIME        what was recorded from this time on, such as 2026-11-23T08:30:00Z
  --to TIME          what was recorded before this time
  --type TYPE        these types alone
  --key ID           these aggregates alone`,
  "events describe": `gendan events describe [TYPE] [--version N] [--json]

Tells what a public event says: owner, topic, key, fields with their personal-data class, an example. Without a type it
lists all of them. --json prints the JSON Schema of the version (the newest where none is named).`,
};

const auditFaults: Readonly<Record<AuditFaultKind, string>> = {
  changed: "was edited",
  missing: "is not there",
  unlinked: "does not follow the one before",
  unreadable: "is no entry",
  cut: "and what followed was cut off",
  rewritten: "is not what was signed",
  forged: "a head that this installation has not signed",
  gone: "the stream is gone",
};

export const en = {
  help,
  count: number,
  of: (done: number, total: number) =>
    `${number(done)} of ${number(total)} (${Math.floor((100 * done) / Math.max(total, 1))} %)`,
  left: (seconds: number) => (seconds < 120 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`),
  unknownCommand: (name: string) => `gendan: there is no command "${name}"; \`gendan --help\` lists them.`,
  usage: (message: string, command: string) => `gendan: ${message} \`gendan ${command} --help\` tells how it is used.`,
  missing: (name: string) => `${name} is missing.`,
  tooMany: (value: string) => `"${value}" is one word too many.`,
  unknownFlag: (flag: string) => `There is no flag ${flag}.`,
  needsValue: (flag: string) => `${flag} needs a value.`,
  takesNoValue: (flag: string) => `${flag} takes no value.`,
  wrongNumber: (flag: string, from: number, to: number) => `${flag} takes a whole number from ${from} to ${to}.`,
  wrongTime: (flag: string) => `${flag} takes a time with its zone, such as 2026-11-23T08:30:00Z.`,
  noType: (type: string, others: string) => `There is no public event ${type}; there are ${others}.`,
  described: {
    owner: "Owner",
    topic: "Topic",
    key: "Key",
    versions: "Versions",
    fields: "Fields",
    required: "required",
    optional: "optional",
    example: "Example",
    ends: (on: string, replacedBy: string) => `Ends on ${on}; ${replacedBy} takes its place.`,
  },
  replayed: (service: string, events: number, published: number) =>
    `${number(published)} public events were published again, of ${number(events)} in the log of ${service}.`,
  noFolder: (folder: string) => `There is no data folder ${folder}: name one with --data.`,
  notYet: (folder: string, pid: number) =>
    `${folder} is in use by process ${pid}, which does not answer yet: try again in a moment.`,
  noAnswer: (url: string) => `${url} does not answer.`,
  notAdministered: (url: string, status: number) => `${url} is no Gendan that can be administered (status ${status}).`,
  notATable: (flag: string) => `${flag} takes a file that ends with .csv or .xlsx.`,
  noFile: (file: string) => `There is no file ${file}.`,
  brokenOff: (what: string) => `${what} was broken off before its end.`,
  sheetStatus: { accepted: "accepted", refused: "refused" },
  sheetRow: (row: number, id: string, status: string) => `Row ${row}  ${id}  ${status}`,
  sheetAmendment: (id: string) => `amendment ${id}`,
  sheetSum: (dryRun: boolean, accepted: number, unchanged: number, refused: number) =>
    `${dryRun ? "Dry run: " : ""}${number(accepted)} accepted, ${number(unchanged)} unchanged, ${number(refused)} refused`,
  importing: "Orders",
  working: {
    verify: "Documents",
    rebuild: "Events",
    parked: "Parked",
    redrive: "Events",
    "keys/rotate": "Keys",
    "audit/heads": "Audit",
    "reactions/resume": "Reactions",
    "events/tail": "Events",
    "events/replay": "Events",
  },
  verified: (checked: number) => `${number(checked)} documents are what the log says.`,
  differences: (checked: number, found: number) => `${number(checked)} documents checked, ${number(found)} differ:`,
  difference: (at: string, what: string) => `  ${at}: ${what}`,
  rebuilt: (projection: string, generation: number) => `${projection} is read from generation ${generation} now.`,
  nothingParked: "Nothing is parked.",
  parkedEvent: (where: string, id: string, type: string, since: string, reason: string) =>
    `${where}  ${id}  ${type}  since ${since}  ${reason}`,
  redriven: (redriven: number, parked: number) =>
    `${number(redriven)} events went through, ${number(parked)} stay parked.`,
  noAudit: (folder: string) => `There is no audit in ${folder}.`,
  auditStream: (stream: string, entries: number, signedUpTo: number) =>
    `${stream}  ${number(entries)} entries, signed up to ${number(signedUpTo)}` +
    (entries > signedUpTo ? `; the newest ${number(entries - signedUpTo)} are not signed yet` : ""),
  auditFault: (kind: AuditFaultKind, n: number | undefined) =>
    `${auditFaults[kind]}${n === undefined ? "" : ` (entry ${n})`}:`,
  auditWhole: (streams: number) => `${number(streams)} audit streams are whole.`,
  auditBroken: "Audit streams are not what was written.",
  auditMore: (cursor: string) => `There are more: --after ${cursor}`,
  rotated: (rotated: number) =>
    `${number(rotated)} keys were wrapped again; nothing needs another master key than the first one now.`,
  resumed: (service: string, from: string) => `The reactions of ${service} go on for events recorded from ${from} on.`,
  summary: {
    title: (mapping: string, folder: string, dryRun: boolean) =>
      `${dryRun ? "Dry run: " : ""}${mapping} from ${folder}`,
    orders: "Orders",
    rows: "in the files",
    imported: "imported",
    refused: "refused",
    lines: "lines",
    goods: "Goods",
    freight: "Freight",
    received: "Received",
    steps: "Steps",
    taken: "new",
    known: "there already",
    refusedRows: "Refused",
    contradictions: "Contradictions (imported as far as the rules allow)",
    line: (file: string, line: number) => `${file}, line ${line}`,
    more: (count: number) => `… and ${number(count)} more`,
    refusedFolder: (folder: string) => `Refused rows: ${folder} (mend them, and import that folder)`,
    contradictionsFile: (file: string) => `Contradictions: ${file}`,
    nothingRefused: "Nothing was refused.",
    time: (seconds: number, rate: number) => `${seconds.toFixed(1)} s, ${number(Math.round(rate))} orders/s`,
  },
};
