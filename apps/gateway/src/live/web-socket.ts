// The WebSocket door: graphql-transport-ws, one connection with many subscriptions. Queries and mutations are sent by HTTP.
import { ServerResponse, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import {
  askedIn,
  inLanguage,
  languageOf,
  texts,
  refusalOf,
  requestContext,
  RequestRefused,
  isStream,
  refused,
  type Admission,
  type Answer,
  type Answers,
  type Asked,
  type Bearer,
  type GraphqlDocuments,
  type GraphqlRequest,
  type Report,
  type Verifier,
} from "@gendan/service-kit";
import type { FastifyInstance } from "fastify";
import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from "graphql";
import { handleProtocols, makeServer, type Context, type Server, type SubscribePayload } from "graphql-ws";
import { WebSocketServer, type WebSocket } from "ws";
import type { Leave, LiveBounds } from "../limits/live-bounds.js";

export interface WebSocketDoor {
  readonly path: string;
  readonly verifier: Verifier;
  readonly admission: Admission;
  readonly bounds: LiveBounds;
  readonly schema: GraphQLSchema;
  readonly documents: GraphqlDocuments;
  readonly textOf: (asked: Asked) => string;
  /** Why the operation is not taken; undefined for one that is. */
  readonly check: (request: GraphqlRequest) => Answer | undefined;
  readonly subscribe: (request: GraphqlRequest) => Promise<Answers | Answer>;
  readonly heartbeatMs: number;
  readonly messageBytes: number;
  readonly report: Report;
}

/** Somebody who has connected and not said who they are for so long is sent away, in milliseconds. */
const UNKNOWN_MS = 5_000;
/** What is written and not taken by a client, in bytes; more of it closes the connection. */
const MAX_UNTAKEN_BYTES = 1_048_576;
/** A server that stops waits so long for goodbyes, in milliseconds. */
const GOODBYE_MS = 1_000;
/** The longest time that one timer holds, in milliseconds; a token that lasts longer is looked at again. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** The longest reason that a close frame takes, in bytes. */
const MAX_REASON_BYTES = 123;

/** With which a connection is closed; clients come again after all of them but the last. */
const closing = { goingAway: 1001, tooSlow: 1008, tryLater: 1013, forbidden: 4403, failed: 4500 } as const;

/** What is known of a connection. */
interface Connection {
  readonly socket: WebSocket;
  readonly address: string;
  readonly authorization: string | undefined;
  readonly language: string | undefined;
  readonly leave: Leave[];
  caller: Bearer | undefined;
  subscriptions: number;
}

type Params = Readonly<Record<string, unknown>>;

const upgrades = new WeakMap<IncomingMessage, { readonly socket: Duplex; readonly head: Buffer }>();

/**
 * Takes upgrades of `path`. Added after the server's guards: an upgrade passes the same hooks as a request does, so that the
 * origins that may ask are the same, and so are the addresses that are believed.
 */
export function webSocketDoor(server: FastifyInstance, door: WebSocketDoor): void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: door.messageBytes,
    perMessageDeflate: false,
    handleProtocols,
  });
  const protocol = protocolOf(door);
  server.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    upgrades.set(request, { socket, head });
    socket.on("error", () => socket.destroy());
    const response = new ServerResponse(request);
    response.assignSocket(socket as never);
    response.on("finish", () => socket.end()); // refused
    server.routing(request, response);
  });
  server.addHook("onRequest", (request, reply, next) => {
    const upgrade = upgrades.get(request.raw);
    if (!upgrade || request.url.split("?")[0] !== door.path) return next();
    const leave: Leave[] = [];
    try {
      door.admission.unknown(request.ip);
      leave.push(door.bounds.connect());
    } catch (error) {
      return next(error as Error);
    }
    upgrade.socket.once("close", () => leave.splice(0).forEach((each) => each()));
    reply.hijack();
    reply.raw.detachSocket(upgrade.socket as never);
    const { authorization, "accept-language": language } = request.headers;
    const known = { address: request.ip, authorization, language, leave, caller: undefined, subscriptions: 0 };
    sockets.handleUpgrade(request.raw, upgrade.socket, upgrade.head, (socket) => {
      open(protocol, door, { ...known, socket });
    });
  });
  server.addHook("preClose", () => goodbye(sockets));
}

function protocolOf(door: WebSocketDoor): Server<Connection> {
  return makeServer<Params, Connection>({
    connectionInitWaitTimeout: UNKNOWN_MS,
    onConnect: ({ connectionParams, extra }) => enter(door, extra, connectionParams),
    onSubscribe: (context, id, payload) => take(door, context, payload),
    // What `take` has begun.
    subscribe: ({ contextValue }) => contextValue as Answers as never,
    // Answers are as callers get them already.
    onNext: (_context, _id, _payload, _args, result) => result as never,
    schema: door.schema,
  });
}

function open(protocol: Server<Connection>, { heartbeatMs, report }: WebSocketDoor, connection: Connection): void {
  const { socket } = connection;
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (text) => send(socket, text),
      close: (code, reason) => close(socket, code ?? closing.failed, reason ?? ""),
      onMessage: (take) =>
        void socket.on("message", (text: Buffer) => {
          take(text.toString()).catch((error: unknown) => {
            report(error, { correlation: "" });
            close(socket, closing.failed, "INTERNAL");
          });
        }),
    },
    connection,
  );
  let isAlive = true;
  const beat = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, heartbeatMs);
  socket.on("pong", () => (isAlive = true));
  socket.on("error", () => socket.terminate()); // a frame that is none, or is too large: ws has said so to the client
  socket.once("close", (code, reason) => {
    clearInterval(beat);
    void closed(code, reason.toString());
  });
}

/** Resolved when the client's side has room for more: its pace is the pace of its subscriptions. */
function send(socket: WebSocket, text: string): Promise<void> {
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  if (socket.bufferedAmount > MAX_UNTAKEN_BYTES) {
    socket.terminate();
    return Promise.resolve();
  }
  return new Promise((resolve) => socket.send(text, () => resolve()));
}

function close(socket: WebSocket, code: number, reason: string): void {
  socket.close(
    code,
    Buffer.from(reason)
      .subarray(0, MAX_REASON_BYTES)
      .toString()
      .replace(/\uFFFD$/, ""),
  );
}

/** Whose connection it is: by a token in the first message, or in the header of the request that became it. */
async function enter(door: WebSocketDoor, connection: Connection, params: Params = {}): Promise<boolean> {
  const { socket, address, leave } = connection;
  const given = params["authorization"] ?? params["Authorization"] ?? connection.authorization;
  try {
    const caller = await callerOf(door, typeof given === "string" ? given : undefined, address);
    door.admission.arrive(caller, address);
    leave.push(door.bounds.identify(caller));
    connection.caller = caller;
    if (caller.expiresAt !== undefined) expireAt(socket, caller.expiresAt);
  } catch (error) {
    const { errors, statusCode } = refusalOf(error, door.messageBytes, { correlation: "" }, door.report);
    const [{ message, extensions } = { message: "" }] = inLanguage(errors, languageOf(connection.language)).errors;
    const later = statusCode === 429 || statusCode === 503;
    close(socket, later ? closing.tryLater : closing.forbidden, `${String(extensions?.["code"])}: ${message}`);
  }
  // Closed here, with its reason; nothing is acknowledged on a closed connection.
  return true;
}

async function callerOf(door: WebSocketDoor, authorization: string | undefined, address: string): Promise<Bearer> {
  try {
    return await door.verifier.verify(authorization);
  } catch (error) {
    door.admission.unknown(address);
    throw error;
  }
}

function expireAt(socket: WebSocket, expiresAt: number): void {
  const leftMs = expiresAt - Date.now();
  if (leftMs <= 0)
    return close(socket, closing.forbidden, "UNAUTHENTICATED: the token has expired, come with a new one.");
  const timer = setTimeout(() => expireAt(socket, expiresAt), Math.min(leftMs, LONGEST_TIMER_MS)).unref();
  socket.once("close", () => clearTimeout(timer));
}

/** What graphql-ws goes on with: a subscription that has begun, or why it has not. */
async function take(
  door: WebSocketDoor,
  { extra: connection }: Context<Params, Connection>,
  payload: SubscribePayload,
) {
  const { caller, address } = connection;
  if (!caller) return [told({ message: "The connection is closed.", extensions: { code: "CLOSED" } })];
  const leave: Leave[] = [];
  const { correlation } = requestContext(caller);
  try {
    door.admission.arrive(caller, address);
    leave.push(door.bounds.subscribe(caller, connection.subscriptions));
    connection.subscriptions += 1;
    leave.push(() => void (connection.subscriptions -= 1));
    const request = requestIn(door, connection, caller, payload, correlation);
    const begun = door.check(request) ?? (await door.subscribe(request));
    if (!isStream(begun)) throw new RequestRefused(400, begun.errors ?? []);
    const { document, operationName } = request;
    const contextValue = leaving(begun, () => leave.splice(0).forEach((each) => each()));
    return { schema: door.schema, document, operationName: operationName ?? null, contextValue };
  } catch (error) {
    leave.forEach((each) => each());
    const { errors } = refusalOf(error, door.messageBytes, { correlation }, door.report);
    return inLanguage(errors, languageOf(connection.language)).errors.map(told);
  }
}

function requestIn(
  door: WebSocketDoor,
  { language }: Connection,
  caller: Bearer,
  { query, ...others }: SubscribePayload,
  correlation: string,
): GraphqlRequest {
  // Of a known operation, which is named by its hash, the protocol wants an empty query.
  const asked = askedIn({ ...others, ...(query === "" ? {} : { query }) });
  const { variables, operationName } = asked;
  const read = door.documents.read(door.textOf(asked));
  if ("errors" in read) throw new RequestRefused(400, read.errors);
  const { document } = read;
  const operation = getOperationAST(document, operationName)?.operation;
  if (operation !== OperationTypeNode.SUBSCRIPTION) {
    throw refused(400, "BAD_REQUEST", texts.subscriptionsAlone());
  }
  const context = requestContext(caller, { language, correlation });
  return { document, variables, operationName, context };
}

/** The answers; `left` is called once, when they end or are ended. */
function leaving(items: Answers, left: () => void): Answers {
  const answers: Answers = {
    async next() {
      const item = await items.next();
      if (item.done) left();
      return item;
    },
    async return() {
      left();
      await items.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return answers;
    },
  };
  return answers;
}

/** An error as callers get it, for graphql-ws, which takes GraphQL's own alone. */
function told(formatted: GraphQLFormattedError): GraphQLError {
  return Object.assign(new GraphQLError(formatted.message), { toJSON: () => formatted });
}

async function goodbye(sockets: WebSocketServer): Promise<void> {
  const open = [...sockets.clients];
  for (const socket of open) close(socket, closing.goingAway, "CLOSED: this server stops; another one may answer.");
  const gone = open.map((socket) => new Promise((resolve) => socket.once("close", resolve)));
  const late = setTimeout(() => open.forEach((socket) => socket.terminate()), GOODBYE_MS);
  await Promise.all(gone);
  clearTimeout(late);
  sockets.close();
}
