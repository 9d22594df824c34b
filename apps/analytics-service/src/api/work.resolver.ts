// A person's work and notifications: parse, read, map.
import { Args, Context as Ctx, Query, Resolver, Subscription } from "@nestjs/graphql";
import { personToken, type StoredDocument } from "@gendan/eventing";
import type { Caller } from "@gendan/security";
import {
  connectionOf,
  mapped,
  pageOf,
  type GendanContext,
  type Language,
  type PageArguments,
} from "@gendan/service-kit";
import { notificationsFor } from "../read/notifications-query.js";
import { revisionAt } from "../read/work-news.js";
import { WORK, type Notification, type NotificationKind, type Work, type WorkKind } from "../read/work.js";
import { AnalyticsReads } from "./analytics-reads.js";
import { LiveWork } from "./live-work.js";
import { wireName } from "./names.js";

type Context = GendanContext<Caller>;

@Resolver()
export class WorkResolver {
  readonly live: LiveWork;

  constructor(private readonly reads: AnalyticsReads) {
    this.live = new LiveWork(reads.work);
  }

  @Query()
  async myWork(@Args() page: PageArguments, @Ctx() { caller }: Context) {
    const tokens = [personToken(caller.user)];
    const rows = await this.reads.work.list<Work>({ collection: WORK, path: "bySince", tokens, ...pageOf(page) });
    return connectionOf(rows, page.after, workItem);
  }

  @Query()
  async notifications(@Args() { first, after }: PageArguments, @Ctx() { caller, language }: Context) {
    const { limit, after: place } = pageOf({ first, after });
    const page = await notificationsFor(this.reads.work, caller, { first: limit, ...(place ? { after: place } : {}) });
    return connectionOf(page, after, (row) => notificationNode(row, language));
  }

  @Subscription("myWork")
  async followWork(@Args("after") after: string | null | undefined, @Ctx() { caller }: Context) {
    const changes = await this.live.work.follow([personToken(caller.user)], after);
    return mapped(changes, ({ of, kind, ...change }) => ({
      myWork: { ...change, of: wireName(of), kind: wireName(kind) },
    }));
  }

  @Subscription("notifications")
  async followNotifications(@Args("after") after: string | null | undefined, @Ctx() { caller }: Context) {
    const told = await this.live.notifications.follow(caller.tokens, after);
    return mapped(told, ({ of, kind, ...each }) => ({
      notifications: { ...each, of: wireName(of), kind: wireName(kind) },
    }));
  }
}

/** What it is about, as the service that has it gives it. */
const subject = (of: WorkKind, id: string) => ({
  [of]: { __typename: of[0]!.toUpperCase() + of.slice(1), id },
});

const workItem = ({ id, sequence, doc }: StoredDocument<Work>) => ({
  id,
  revision: revisionAt(sequence),
  of: wireName(doc.of),
  since: doc.since,
  ...subject(doc.of, id),
});

const notificationNode = ({ id, doc }: StoredDocument<Notification>, language: Language) => ({
  id,
  kind: wireName(doc.kind),
  text: texts[doc.kind][language],
  at: doc.at,
  of: wireName(doc.of),
  about: doc.about,
  ...subject(doc.of, doc.about),
});

const texts: Readonly<Record<NotificationKind, Readonly<Record<Language, string>>>> = {
  orderAssigned: { en: "An order was assigned to you.", zh: "一张订单已指派给您。" },
  orderHeld: { en: "An order of yours was put on hold.", zh: "您的一张订单已被冻结。" },
  reviewAsked: { en: "Your department is asked to answer for an order.", zh: "请贵部门答复一张订单的评审。" },
  reviewLate: {
    en: "Your department has not answered for an order in time.",
    zh: "贵部门尚未按时答复一张订单的评审。",
  },
  approvalWaits: { en: "Something of an order waits for your approval.", zh: "一张订单的事项等待您审批。" },
  orderRejected: { en: "An approval of an order of yours was rejected.", zh: "您的一张订单审批被驳回。" },
  promiseChanged: { en: "A delivery date of an order of yours was changed.", zh: "您的一张订单已改期。" },
  orderDelivered: { en: "Goods of an order of yours have arrived.", zh: "您的一张订单有货物送达。" },
  shipmentException: { en: "A shipment of yours has an exception.", zh: "您的一张发运单出现物流异常。" },
  issueAssigned: { en: "An issue was assigned to you.", zh: "一个问题已指派给您。" },
  actionAssigned: { en: "An action was assigned to you.", zh: "一项措施已指派给您。" },
};
