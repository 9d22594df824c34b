// gendan verify, rebuild, parked, redrive, keys rotate, reactions resume: each asks for one task and tells what came of it.
import type { Difference, ParkedEvent } from "@gendan/eventing";
import { UsageError } from "../terminal/arguments.js";
import { administer } from "./administer.js";
import { data, server, type Command } from "./command.js";

const json = { json: { type: "boolean" } } as const;

export const verify: Command = {
  options: { ...json, ...server, ...data },
  words: [],
  async run(args, { texts, print }) {
    interface Verified {
      readonly checked: number;
      readonly differences: readonly (Difference & { readonly service: string })[];
    }
    const result = await administer<Verified>("verify", {}, args, texts);
    const { checked, differences } = result;
    if (args.flag("json")) print(JSON.stringify(result));
    else if (differences.length === 0) print(texts.verified(checked));
    else print(texts.differences(checked, differences.length));
    for (const { service, projection, what, id, live, refolded } of args.flag("json") ? [] : differences) {
      print(
        texts.difference(
          `${service}/${projection} ${what} ${id}`,
          `${JSON.stringify(live)} ≠ ${JSON.stringify(refolded)}`,
        ),
      );
    }
    return differences.length === 0 ? 0 : 1;
  },
};

export const rebuild: Command = {
  options: { ...server, ...data },
  words: ["projection"],
  async run(args, { texts, print }) {
    const [projection] = args.words;
    const { generation } = await administer<{ readonly generation: number }>("rebuild", { projection }, args, texts);
    print(texts.rebuilt(projection!, generation));
    return 0;
  },
};

export const parked: Command = {
  options: { ...json, ...server, ...data },
  words: [],
  async run(args, { texts, print }) {
    const result = await administer<{ readonly parked: readonly ParkedEvent[] }>("parked", {}, args, texts);
    if (args.flag("json")) print(JSON.stringify(result));
    else if (result.parked.length === 0) print(texts.nothingParked);
    else
      for (const { where, aggregateId, type, since, reason } of result.parked)
        print(texts.parkedEvent(where, aggregateId, type, since, reason));
    return 0;
  },
};

export const redrive: Command = {
  options: { ...server, ...data },
  words: [],
  async run(args, { texts, print }) {
    const result = await administer<{ readonly redriven: number; readonly parked: number }>("redrive", {}, args, texts);
    print(texts.redriven(result.redriven, result.parked));
    return result.parked === 0 ? 0 : 1;
  },
};

export const rotateKeys: Command = {
  options: { ...server, ...data },
  words: [],
  async run(args, { texts, print }) {
    const { rotated } = await administer<{ readonly rotated: number }>("keys/rotate", {}, args, texts);
    print(texts.rotated(rotated));
    return 0;
  },
};

export const resumeReactions: Command = {
  options: { service: { type: "string" }, from: { type: "string" }, ...server, ...data },
  words: [],
  async run(args, { texts, print }) {
    const [service, from] = [args.value("service"), args.value("from")];
    if (service === undefined) throw new UsageError(texts.missing("--service"));
    if (from === undefined) throw new UsageError(texts.missing("--from"));
    await administer("reactions/resume", { service, from }, args, texts);
    print(texts.resumed(service, from));
    return 0;
  },
};
