// A double of EventStoreDB: the client's own service definitions, served on loopback from memory, with faults on demand.
import { Server, ServerCredentials, type Metadata, type sendUnaryData, type ServiceError } from "@grpc/grpc-js";
import gossipServices from "@eventstore/db-client/generated/gossip_grpc_pb.js";
import gossip from "@eventstore/db-client/generated/gossip_pb.js";
import featureServices from "@eventstore/db-client/generated/serverfeatures_grpc_pb.js";
import features from "@eventstore/db-client/generated/serverfeatures_pb.js";
import shared from "@eventstore/db-client/generated/shared_pb.js";
import streamServices from "@eventstore/db-client/generated/streams_grpc_pb.js";
import { appended, type AppendCall, type AppendResponse } from "./eventstore-double-appends.js";
import { DoubleFaults, statusOf, type DoubleCall, type Endpoint, type Failure } from "./eventstore-double-faults.js";
import { DoubleLog } from "./eventstore-double-log.js";
import { Outlet } from "./eventstore-double-outlet.js";
import { page } from "./eventstore-double-reads.js";
import { DoubleSubscription, type ReadCall } from "./eventstore-double-subscription.js";
import type { SelfSigned } from "./self-signed.js";

export interface EventStoreDoubleOptions {
  /** The data; another double's to go on with it. */
  readonly log?: DoubleLog;
  /** 0, the default: a free one. */
  readonly port?: number;
  /** Serves TLS only. */
  readonly tls?: SelfSigned;
  /** Passwords by user; without it everybody may do everything. */
  readonly users?: Readonly<Record<string, string>>;
  /** An append's data and metadata together, in bytes. The real server's default is 1 MiB; 4 MiB here. */
  readonly maxAppendBytes?: number;
}

const MAX_MESSAGE_BYTES = 17 * 1024 * 1024;

/**
 * Not the server, and no proof that an adapter works on it: it knows appending, reading and subscribing to $all, answers
 * as the server's source says, and keeps nothing on disk. Good for faults that a real server does not do on demand.
 */
export class EventStoreDouble {
  readonly faults = new DoubleFaults();
  readonly log: DoubleLog;
  /** How many calls of each kind were carried out. */
  readonly calls: Record<DoubleCall, number> = { append: 0, read: 0, subscribe: 0, gossip: 0 };
  /** Who the leader is; undefined: this double. Calls that require the leader are sent there. */
  leader: Endpoint | "nobody" | undefined;
  private readonly server = new Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES });
  private readonly open = new Map<DoubleSubscription, ReadCall>();
  private bound = 0;

  private constructor(private readonly options: EventStoreDoubleOptions) {
    this.log = options.log ?? new DoubleLog();
    this.server.addService(streamServices.StreamsService, {
      append: (call: AppendCall, answer: sendUnaryData<AppendResponse>) => void this.append(call, answer),
      read: (call: ReadCall) => void this.read(call),
    });
    this.server.addService(gossipServices.GossipService, {
      read: (_: unknown, answer: Answer) => answer(statusOf(this.faults.take("gossip")) ?? null, this.members()),
    });
    this.server.addService(featureServices.ServerFeaturesService, {
      getSupportedMethods: (_: unknown, answer: Answer) => answer(null, supportedMethods()),
    });
  }

  /** Listens on a port of 127.0.0.1. */
  static async start(options: EventStoreDoubleOptions = {}): Promise<EventStoreDouble> {
    const double = new EventStoreDouble(options);
    await double.listen();
    return double;
  }

  get endpoint(): Endpoint {
    return { host: "127.0.0.1", port: this.bound };
  }

  get connectionString(): string {
    return this.options.tls ? `esdb://localhost:${this.bound}` : `esdb://127.0.0.1:${this.bound}?tls=false`;
  }

  /** How many subscriptions are open. */
  get subscriptions(): number {
    return this.open.size;
  }

  /** How many messages were given to the open subscriptions; what nobody takes is not given. */
  get pushed(): number {
    return [...this.open.keys()].reduce((sum, { pushed }) => sum + pushed, 0);
  }

  /** Ends all open subscriptions: by an error, or as if there were no more to come. */
  dropSubscriptions(how: "error" | "end" = "error"): void {
    for (const [subscription, call] of this.open) {
      if (how === "end") call.end();
      else call.emit("error", statusOf("unavailable"));
      subscription.end();
    }
  }

  /** The open subscriptions stay open and are never told anything again. */
  silenceSubscriptions(): void {
    for (const subscription of this.open.keys()) subscription.silent = true;
  }

  /** Ends at once, as a killed server does; the log stays as it is. Resolved when the port is free. */
  stop(): Promise<void> {
    for (const subscription of this.open.keys()) subscription.end();
    this.server.forceShutdown();
    return new Promise((resolve) => this.server.tryShutdown(() => resolve()));
  }

  private listen(): Promise<void> {
    const { tls, port = 0 } = this.options;
    const credentials = tls
      ? ServerCredentials.createSsl(null, [
          { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.certificate) },
        ])
      : ServerCredentials.createInsecure();
    return new Promise((resolve, reject) => {
      this.server.bindAsync(`127.0.0.1:${port}`, credentials, (error, bound) => {
        this.bound = bound;
        if (error) reject(error);
        else resolve();
      });
    });
  }

  // ---- calls ----

  private async append(call: AppendCall, answer: sendUnaryData<AppendResponse>): Promise<void> {
    const { failure, status } = this.admit("append", call.metadata);
    if (status) return answer(status);
    try {
      const response = await appended(call, this.log, this.options.maxAppendBytes ?? 4 * 1024 * 1024);
      if (failure === "answer lost") return answer(statusOf("unavailable")!);
      await answerAfter(failure);
      answer(null, response);
    } catch (error) {
      answer(error as ServiceError);
    }
  }

  private async read(call: ReadCall): Promise<void> {
    const options = call.request.getOptions()!;
    const { failure, status } = this.admit(options.hasSubscription() ? "subscribe" : "read", call.metadata);
    if (status) return void call.emit("error", status);
    await answerAfter(failure);
    if (options.hasSubscription()) return this.subscribe(call);
    const outlet = new Outlet(call);
    for (const response of page(this.log, options)) {
      if (outlet.gone) return;
      await outlet.write(response);
    }
    call.end();
  }

  private async subscribe(call: ReadCall): Promise<void> {
    const subscription = new DoubleSubscription(call, this.log);
    this.open.set(subscription, call);
    await subscription.run();
    this.open.delete(subscription);
  }

  /** Whether a call is carried out, and what is planned for it. */
  private admit(call: DoubleCall, metadata: Metadata): { failure?: Failure; status?: ServiceError } {
    const failure = this.faults.take(call) ?? this.unauthorized(metadata) ?? this.elsewhere(metadata);
    const status = statusOf(failure);
    if (!status) this.calls[call]++;
    return { ...(failure && { failure }), ...(status && { status }) };
  }

  private unauthorized(metadata: Metadata): Failure | undefined {
    const { users } = this.options;
    if (!users) return undefined;
    const [scheme, encoded = ""] = String(metadata.get("authorization")[0] ?? "").split(" ");
    if (scheme !== "Basic") return "denied";
    const [name = "", password] = Buffer.from(encoded, "base64").toString("utf8").split(":");
    return users[name] === password ? undefined : "unauthenticated";
  }

  private elsewhere(metadata: Metadata): Failure | undefined {
    if (this.leader === undefined || metadata.get("requires-leader")[0] !== "true") return undefined;
    return this.leader === "nobody" ? "no leader" : { leader: this.leader };
  }

  private members() {
    const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
    const member = ({ host, port }: Endpoint, leads: boolean) =>
      new gossip.MemberInfo()
        .setInstanceId(new shared.UUID().setString(crypto.randomUUID()))
        .setIsAlive(true)
        .setState(leads ? LEADER : FOLLOWER)
        .setHttpEndPoint(new gossip.EndPoint().setAddress(host).setPort(port));
    const others = typeof this.leader === "object" ? [member(this.leader, true)] : [];
    return new gossip.ClusterInfo().setMembersList([member(this.endpoint, this.leader === undefined), ...others]);
  }
}

type Answer = sendUnaryData<unknown>;

async function answerAfter(failure: Failure | undefined): Promise<void> {
  if (typeof failure === "object" && "answerAfter" in failure) await failure.answerAfter;
}

/** Batched appends are not offered, so that a client makes plain ones. */
function supportedMethods() {
  const method = (name: string) =>
    new features.SupportedMethod().setServiceName("event_store.client.streams.streams").setMethodName(name);
  return new features.SupportedMethods()
    .setEventStoreServerVersion("24.10.0-double")
    .setMethodsList(["append", "read"].map(method));
}
