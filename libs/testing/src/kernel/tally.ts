// A small service for the kernel's own specs: tallies that count, and mirrors that react to them.
import {
  accept,
  codecOf,
  departmentTokens,
  refuse,
  type Aggregate,
  type Projection,
  type Reaction,
  type ServiceDefinition,
} from "@gendan/eventing";

export type TallyEvent =
  | { readonly type: "tally.opened"; readonly department: string; readonly closesAt?: string }
  | { readonly type: "tally.counted"; readonly by: number; readonly disputed?: boolean }
  | { readonly type: "tally.closed" };
export type TallyCommand =
  | { readonly type: "Open"; readonly department: string; readonly closesAt?: string }
  | { readonly type: "Count"; readonly by: number }
  | { readonly type: "Report"; readonly by: number }
  | { readonly type: "Close" };
export type TallyRefusal = { readonly code: "NOT_OPEN" } | { readonly code: "NEGATIVE"; readonly by: number };

export interface TallyState {
  readonly open: boolean;
  readonly total: number;
  readonly department?: string;
}

const versions = { "tally.opened": { version: 1 }, "tally.counted": { version: 1 }, "tally.closed": { version: 1 } };

export const TALLIES = "gendan.tallies";

/** `Report` is a fact: it is taken also from a tally that was never opened. */
export const tally: Aggregate<TallyState, TallyCommand, TallyEvent, TallyRefusal> = {
  service: "tally",
  name: "tally",
  codec: codecOf<TallyEvent>(versions),
  facts: new Set(["Report"]),
  visibleTo: ({ department }) => (department === undefined ? undefined : departmentTokens(department)),
  publish: (id, event) => {
    const { type, ...data } = event;
    return [{ type, version: 1, topic: TALLIES, data: { id, ...data } }];
  },
  decider: {
    initial: { open: false, total: 0 },
    evolve(state, event) {
      switch (event.type) {
        case "tally.opened":
          return { ...state, open: true, department: event.department };
        case "tally.counted":
          return event.disputed ? state : { ...state, total: state.total + event.by };
        case "tally.closed":
          return { ...state, open: false };
      }
    },
    decide(state, command, by) {
      switch (command.type) {
        case "Open": {
          const { type: _, ...given } = command;
          return state.open ? accept() : accept({ type: "tally.opened", ...given });
        }
        case "Count":
          if (!state.open) return refuse({ code: "NOT_OPEN" });
          return command.by < 0
            ? refuse({ code: "NEGATIVE", by: command.by })
            : accept({ type: "tally.counted", by: command.by });
        case "Report":
          return accept({
            type: "tally.counted",
            by: command.by,
            ...(by.claimedAt === undefined ? {} : { disputed: true }),
          });
        case "Close":
          return state.open ? accept({ type: "tally.closed" }) : accept();
      }
    },
  },
};

export type MirrorEvent = { readonly type: "mirror.seen"; readonly by: number };
export type MirrorCommand = { readonly type: "See"; readonly by: number };

/** What the mirror of a tally has seen: fed by a reaction alone. */
export const mirror: Aggregate<{ readonly sum: number; readonly times: number }, MirrorCommand, MirrorEvent, never> = {
  service: "tally",
  name: "mirror",
  codec: codecOf<MirrorEvent>({ "mirror.seen": { version: 1 } }),
  facts: new Set(["See"]),
  publish: () => [],
  decider: {
    initial: { sum: 0, times: 0 },
    evolve: ({ sum, times }, { by }) => ({ sum: sum + by, times: times + 1 }),
    decide: (_, { by }) => accept({ type: "mirror.seen", by }),
  },
};

/** A count of this size cannot be reacted to, and one of FOLD_POISON cannot be folded, until it is cured. */
export const POISON = 666;
export const FOLD_POISON = 777;

export interface TallyDoc {
  readonly open: boolean;
  readonly total: number;
  readonly department: string;
  readonly closesAt?: string;
}

export interface Cures {
  cured: boolean;
}

/** What a digit adds to a number: of 7 in 272 it is 70. */
export const worthOf = (digit: string, total: number): number =>
  [...`${total}`].reduce(
    (sum, each, at, all) => sum + (each === digit ? Number(each) * 10 ** (all.length - 1 - at) : 0),
    0,
  );

const department = ({ department }: TallyDoc): string => department;

/** The service; poison is poison until `cures.cured`. `fold` marks a changed fold for verification to find. */
export function tallyService(
  cures: Cures = { cured: false },
  version = "1",
  fold: (total: number, by: number) => number = (a, b) => a + b,
): ServiceDefinition {
  const documents: Projection = {
    name: "tallies",
    version,
    rollups: [{ name: "counts", dimensions: ["all"], measures: ["total"], histogram: true }],
    documents: [
      {
        source: "tally.tally",
        collection: {
          name: "tallies",
          columns: {
            total: { type: "integer", of: (doc: TallyDoc) => doc.total },
            department: { type: "text", of: department },
          },
          tokens: (doc: TallyDoc) => departmentTokens(doc.department),
          paths: [{ name: "total", sort: "total" }],
        },
        fold(doc: TallyDoc | undefined, event: TallyEvent): TallyDoc | undefined {
          switch (event.type) {
            case "tally.opened":
              return {
                open: true,
                total: doc?.total ?? 0,
                department: event.department,
                ...(event.closesAt ? { closesAt: event.closesAt } : {}),
              };
            case "tally.counted":
              if (event.by === FOLD_POISON && !cures.cured) throw new Error("This count cannot be folded.");
              if (event.disputed) return doc;
              return { open: false, department: "", ...doc, total: fold(doc?.total ?? 0, event.by) };
            case "tally.closed": {
              const { closesAt: _, ...rest } = doc!;
              return { ...rest, open: false };
            }
          }
        },
        contributions: (doc: TallyDoc) => [
          {
            rollup: "counts",
            day: "2026-03-02",
            dimension: "all",
            value: "",
            department: doc.department,
            currency: "",
            add: { total: BigInt(doc.total) },
            sample: doc.total,
          },
        ],
        deadlines: (doc: TallyDoc) => (doc.closesAt === undefined ? [] : [{ kind: "close", dueAt: doc.closesAt }]),
        // One for each digit that the total has, and what it is worth there: they come, change and go.
        derived: [
          {
            collection: {
              name: "digits",
              columns: { worth: { type: "integer", of: ({ worth }: { readonly worth: number }) => worth } },
              paths: [{ name: "worth", sort: "worth", scoped: false }],
            },
            of: ({ total }: TallyDoc, id) =>
              [...new Set(`${total}`)].map((digit) => ({
                id: `${id}/${digit}`,
                doc: { worth: worthOf(digit, total) },
              })),
          },
        ],
        entries: {
          collection: { name: "totals", columns: {}, paths: [] },
          of: ({ total }: TallyDoc, { id }) => [{ id, doc: { total } }],
        },
      },
    ],
    entries: [
      {
        sources: ["tally.tally"],
        collection: {
          name: "lines",
          columns: { at: { type: "text", of: (doc: { at: string }) => doc.at } },
          paths: [{ name: "at", sort: "at", scoped: false }],
        },
        entry: ({ id, event, meta }) => [{ id, doc: { at: meta.occurredAt, what: (event as TallyEvent).type } }],
      },
    ],
  };
  const heard: Projection = {
    name: "heard",
    version: "1",
    documents: [
      {
        source: TALLIES,
        collection: { name: "heard", columns: {}, paths: [] },
        fold: (doc: { times: number } | undefined) => ({ times: (doc?.times ?? 0) + 1 }),
      },
    ],
  };
  const seeCounts: Reaction = {
    name: "see-counts",
    topic: TALLIES,
    on: "tally.counted",
    react(event, { aggregateId }) {
      const { by } = event as { by: number };
      if (by === POISON && !cures.cured) throw new Error("This count cannot be seen.");
      return [{ aggregate: "tally.mirror", target: aggregateId, command: { type: "See", by } as MirrorCommand }];
    },
  };
  const echoMirror: Reaction<{ readonly id: string }, { readonly sum: number }> = {
    name: "echo-mirror",
    topic: TALLIES,
    on: "tally.counted",
    reads: ({ id }) => [{ aggregate: "tally.mirror", id }],
    react: ({ id }, _, [found]) => [
      {
        aggregate: "tally.mirror",
        target: `${id}-echo`,
        command: { type: "See", by: found?.state.sum ?? 0 } as MirrorCommand,
      },
    ],
  };
  return {
    name: "tally",
    aggregates: [tally, mirror],
    projections: [documents, heard],
    reactions: [seeCounts, echoMirror as Reaction],
    readPublic: (type, _, data) => ({ type, ...(data as object) }),
    deadlines: { close: { aggregate: "tally.tally", elapse: () => ({ type: "Close" }) } },
  };
}
