// The reports' root fields: parse, read, map.
import { Args, Context, Query, ResolveField, Resolver } from "@nestjs/graphql";
import type { Caller } from "@gendan/security";
import { SETTLE_WAIT_MS, type GendanContext } from "@gendan/service-kit";
import { AnalyticsReads } from "./analytics-reads.js";
import { innerName, wireName } from "./names.js";
import { deliveryPercentiles, deliveryReport, type Percentiles } from "../read/reports/delivery-performance.js";
import type { Grouping, ReportFilter } from "../read/reports/grouping.js";
import { issuePareto } from "../read/reports/issue-pareto.js";
import { orderCounts, type CountedBy } from "../read/reports/order-counts.js";
import type { TimeGrouping } from "../read/reports/period.js";
import { salesReport } from "../read/reports/sales.js";
import { satisfactionReport } from "../read/reports/satisfaction.js";
import { verificationHours, verificationReport, type VerificationHours } from "../read/reports/verification.js";

type Asking = GendanContext<Caller>;

interface PeriodArgs {
  readonly from: string;
  readonly to: string;
}

interface ReportArgs extends PeriodArgs {
  readonly groupBy?: string | null;
  readonly filter?: {
    readonly department?: string | null;
    readonly channel?: string | null;
    readonly assignee?: string | null;
  } | null;
}

@Resolver()
export class ReportsResolver {
  constructor(private readonly reads: AnalyticsReads) {}

  @Query()
  async orderCounts(@Args("by") by: string, @Context() { caller }: Asking) {
    const counted = innerName(by) as CountedBy;
    const rows = await orderCounts(this.reads.facts, caller, counted);
    return rows.map(({ key, count }) => ({ key: keyOf(counted, key), count }));
  }

  @Query()
  async deliveryPerformance(@Args() args: ReportArgs, @Context() { caller }: Asking): Promise<DeliveryPerformance[]> {
    const asked = [this.reads.facts, caller, periodOf(args), groupingOf(args), filterOf(args)] as const;
    return withPercentiles(await deliveryReport(...asked), asked[3], () => deliveryPercentiles(...asked));
  }

  @Query()
  async verification(@Args() args: ReportArgs, @Context() { caller }: Asking): Promise<VerificationFigures[]> {
    const asked = [periodOf(args), groupingOf(args), filterOf(args)] as const;
    const of = [this.reads.facts, caller] as const;
    const rows = await verificationReport(...of, this.reads.now(), ...asked);
    return withPercentiles(rows, asked[1], () => verificationHours(...of, ...asked));
  }

  @Query()
  async sales(@Args() args: ReportArgs, @Context() { caller }: Asking) {
    const groupBy = groupingOf(args);
    const rows = await salesReport(this.reads.facts, caller, periodOf(args), groupBy, filterOf(args));
    return rows.map((row) => ({ ...row, key: keyOf(groupBy, row.key) }));
  }

  @Query()
  async issuePareto(@Args() args: PeriodArgs, @Context() { caller }: Asking) {
    const rows = await issuePareto(this.reads.facts, caller, periodOf(args));
    return rows.map((row) => ({ ...row, kind: wireName(row.kind) }));
  }

  @Query()
  async satisfaction(@Args() args: ReportArgs, @Context() { caller }: Asking) {
    const groupBy = groupingOf<TimeGrouping | "department">(args);
    const rows = await satisfactionReport(this.reads.facts, caller, periodOf(args), groupBy);
    return rows.map((row) => ({ ...row, key: keyOf(groupBy, row.key) }));
  }

  @Query()
  analyticsSettled(@Args("token") token: string): Promise<boolean> {
    return this.reads.service.settled(token, SETTLE_WAIT_MS);
  }
}

interface WithPercentiles<Of> {
  readonly key: string | null;
  readonly percentiles: () => Promise<Of | undefined>;
}
type DeliveryPerformance = WithPercentiles<Percentiles>;
type VerificationFigures = WithPercentiles<VerificationHours>;

/** Percentiles are read only when they are selected, once for all rows. */
@Resolver("DeliveryPerformance")
export class DeliveryPerformanceResolver {
  @ResolveField()
  async p50Days({ percentiles }: DeliveryPerformance): Promise<number | null> {
    return (await percentiles())?.p50Days ?? null;
  }

  @ResolveField()
  async p90Days({ percentiles }: DeliveryPerformance): Promise<number | null> {
    return (await percentiles())?.p90Days ?? null;
  }
}

@Resolver("VerificationFigures")
export class VerificationFiguresResolver {
  @ResolveField()
  async p50Hours({ percentiles }: VerificationFigures): Promise<number | null> {
    return (await percentiles())?.p50Hours ?? null;
  }

  @ResolveField()
  async p90Hours({ percentiles }: VerificationFigures): Promise<number | null> {
    return (await percentiles())?.p90Hours ?? null;
  }
}

/** The rows as the wire has them, with percentiles that are read for all of them when one is asked for. */
function withPercentiles<Of>(
  rows: readonly { readonly key: string }[],
  groupBy: Grouping | undefined,
  reading: () => Promise<ReadonlyMap<string, Of>>,
): WithPercentiles<Of>[] {
  let read: Promise<ReadonlyMap<string, Of>> | undefined;
  return rows.map((row) => ({
    ...row,
    key: keyOf(groupBy, row.key),
    percentiles: async () => (await (read ??= reading())).get(row.key),
  }));
}

const periodOf = ({ from, to }: PeriodArgs) => ({ from, to });

const groupingOf = <G extends Grouping = Grouping>({ groupBy }: ReportArgs): G | undefined =>
  groupBy == null ? undefined : (innerName(groupBy) as G);

function filterOf({ filter }: ReportArgs): ReportFilter {
  const { department, channel, assignee } = filter ?? {};
  return {
    ...(department == null ? {} : { department }),
    ...(channel == null ? {} : { channel: innerName(channel) }),
    ...(assignee == null ? {} : { assignee }),
  };
}

/** Values of enumerations are written as on the wire; the only row of an ungrouped report has no key. */
function keyOf(groupBy: Grouping | CountedBy | undefined, key: string): string | null {
  switch (groupBy) {
    case undefined:
      return null;
    case "lifecycle":
    case "delivery":
    case "hold":
    case "channel":
      return wireName(key);
    default:
      return key;
  }
}
