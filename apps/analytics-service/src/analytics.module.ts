// The composition of the analytics service: its resolvers over a running service.
import { Module, type DynamicModule } from "@nestjs/common";
import type { Service } from "@gendan/eventing";
import { AnalyticsReads } from "./api/analytics-reads.js";
import { DeliveryPerformanceResolver, ReportsResolver, VerificationFiguresResolver } from "./api/reports.resolver.js";
import { timelineResolvers } from "./api/timeline.resolver.js";
import { WorkResolver } from "./api/work.resolver.js";

@Module({})
export class AnalyticsModule {
  static with({ service }: { readonly service: Pick<Service, "documents" | "engines" | "settled"> }): DynamicModule {
    return {
      module: AnalyticsModule,
      providers: [
        { provide: AnalyticsReads, useValue: new AnalyticsReads(service) },
        ReportsResolver,
        VerificationFiguresResolver,
        DeliveryPerformanceResolver,
        ...timelineResolvers,
        WorkResolver,
      ],
    };
  }
}
