// gendan events tail, replay: the public events as they lie on the bus, and told once more from a service's log.
import { UsageError, wholeNumber, type Arguments } from "../terminal/arguments.js";
import type { Texts } from "../terminal/texts.js";
import { administer } from "./administer.js";
import { data, server, type Command } from "./command.js";

const many = { type: "string", multiple: true } as const;

/** A CloudEvent as the server tells it. */
interface CloudEvent {
  readonly type: string;
  readonly subject: string;
  readonly sequence: string;
  readonly recordedat: string;
  readonly data: unknown;
}

const instantOf = (args: Arguments, name: string, texts: Texts): string | undefined => {
  const text = args.value(name);
  if (text === undefined || /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text)) return text;
  throw new UsageError(texts.wrongTime(`--${name}`));
};

/** What was given of a flag that may be given several times; absent where it was not. */
const listOf = (args: Arguments, name: string): { readonly [field: string]: readonly string[] } =>
  args.values(name).length === 0 ? {} : { [`${name}s`]: args.values(name) };

export const tail: Command = {
  options: {
    topic: many,
    type: many,
    key: many,
    from: { type: "string" },
    limit: { type: "string" },
    "no-follow": { type: "boolean" },
    json: { type: "boolean" },
    ...server,
    ...data,
  },
  words: [],
  async run(args, { texts, print }) {
    const isFirst = args.value("from") === "first";
    const from = isFirst ? undefined : instantOf(args, "from", texts);
    const asked = {
      ...listOf(args, "topic"),
      ...listOf(args, "type"),
      ...listOf(args, "key"),
      ...(from === undefined ? {} : { from }),
      ...(isFirst ? { fromFirst: true } : {}),
      ...(args.flag("no-follow") ? { follow: false } : {}),
      ...(args.value("limit") === undefined
        ? {}
        : { limit: wholeNumber(args, "limit", { from: 1, to: 1_000_000_000, otherwise: 1 }, texts) }),
    };
    await administer("events/tail", asked, args, texts, (event) => {
      print(args.flag("json") ? JSON.stringify(event) : lineOf(event as CloudEvent));
    });
    return 0;
  },
};

const lineOf = ({ type, subject, sequence, recordedat, data: told }: CloudEvent): string =>
  `${recordedat}  ${type}  ${subject}  #${sequence}  ${JSON.stringify(told)}`;

export const replay: Command = {
  options: {
    service: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
    type: many,
    key: many,
    ...server,
    ...data,
  },
  words: [],
  async run(args, { texts, print }) {
    const service = args.value("service");
    if (service === undefined) throw new UsageError(texts.missing("--service"));
    const [from, to] = [instantOf(args, "from", texts), instantOf(args, "to", texts)];
    const asked = {
      service,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...listOf(args, "type"),
      ...listOf(args, "key"),
    };
    interface Replayed {
      readonly events: number;
      readonly published: number;
    }
    const { events, published } = await administer<Replayed>("events/replay", asked, args, texts);
    print(texts.replayed(service, events, published));
    return 0;
  },
};
