// What callers are told where a request is refused as a whole, or a service does not answer: all of it in both languages. What
// graphql-js says of a document that is not valid stays in English.
import { Fault } from "@gendan/eventing";
import { GraphQLError, type ASTNode, type GraphQLFormattedError } from "graphql";
import type { Language } from "./context.js";

export type Text = Readonly<Record<Language, string>>;

const text = (en: string, zh: string): Text => ({ en, zh });

export const texts = {
  // ---- the request itself ----
  bodyTooLarge: (bytes: number) =>
    text(`The body is larger than the ${bytes} bytes taken.`, `请求体超过允许的 ${bytes} 字节。`),
  notJson: () => text("The body is not JSON.", "请求体不是 JSON。"),
  notSentAsJson: () => text("Send the body as application/json.", "请以 application/json 发送请求体。"),
  notWellFormed: () => text("The request is not well-formed.", "请求格式不正确。"),
  noMethod: (method: string) =>
    text(`${method} is not taken: send operations with POST.`, `不支持 ${method}：请用 POST 发送操作。`),
  queryByGet: () => text("Send queries with POST.", "请用 POST 发送查询。"),
  operationByGet: (kind: string) => text(`A ${kind} is sent with POST.`, `${kind} 须用 POST 发送。`),
  noSuchAnswer: () =>
    text(
      "Answers are application/graphql-response+json or application/json.",
      "响应格式只有 application/graphql-response+json 或 application/json。",
    ),
  noEvents: () =>
    text(
      "Subscriptions alone are answered as text/event-stream: send Accept: application/json.",
      "只有订阅以 text/event-stream 响应：请发送 Accept: application/json。",
    ),
  eventsAlone: () =>
    text(
      "A subscription is answered as text/event-stream, or over a WebSocket (graphql-transport-ws): send Accept: text/event-stream.",
      "订阅以 text/event-stream 或 WebSocket（graphql-transport-ws）响应：请发送 Accept: text/event-stream。",
    ),
  subscriptionsAlone: () =>
    text(
      "Subscriptions alone are taken here: send queries and mutations by POST.",
      "此处只接受订阅：查询和变更请用 POST 发送。",
    ),
  noBatch: () =>
    text(
      "Send one operation in each request: several in one (batching) are not taken.",
      "每个请求只发送一个操作：不支持批量请求。",
    ),
  noObject: () =>
    text(
      'The body must be one object: {"query": "…", "variables": {…}}.',
      '请求体须为一个对象：{"query": "…", "variables": {…}}。',
    ),
  noQuery: () => text("The body must have a query, as a text.", "请求体须含文本形式的 query。"),
  mustBe: (name: string, what: "text" | "JSON" | "object") =>
    text(
      `${name} must be ${articles[what]}.`,
      `${name} 须为${{ text: "文本", JSON: " JSON", object: "对象" }[what]}。`,
    ),
  noDocumentId: () =>
    text(
      "documentId must be the SHA-256 of an operation, as 64 hexadecimal digits.",
      "documentId 须为操作的 SHA-256，即 64 位十六进制数字。",
    ),
  foreignOrigin: () =>
    text(
      "Pages of this origin may not ask here: the operator lists those that may in GENDAN_CORS_ORIGINS.",
      "此来源的页面无权请求：允许的来源由运维人员在 GENDAN_CORS_ORIGINS 中列出。",
    ),

  // ---- known operations ----
  noneKnown: () =>
    text("No operations are persisted here: send the query itself.", "此处没有已登记的操作：请直接发送查询。"),
  unknownHash: () =>
    text("There is no operation of this hash: send its text as query.", "没有此哈希的操作：请以 query 发送其文本。"),
  hashToBeAdded: () =>
    text(
      "There is no operation of this hash: it has to be added to the gateway's operations first.",
      "没有此哈希的操作：须先将其登记到网关。",
    ),
  knownAlone: () =>
    text(
      "This gateway takes known operations alone: send the documentId of one, or have this one added.",
      "本网关只接受已登记的操作：请发送其 documentId，或先登记此操作。",
    ),

  // ---- limits of a document ----
  tooManyTokens: (limit: number) =>
    text(
      `A query may have at most ${limit} tokens; split it, or ask for fewer fields.`,
      `查询最多 ${limit} 个词元：请拆分，或减少字段。`,
    ),
  nestedTooDeeply: () => text("The query is nested too deeply.", "查询嵌套过深。"),
  conditionalSubscription: () =>
    text(
      "The field of a subscription stands under no @skip and no @include: leave them out, or the subscription.",
      "订阅的顶层字段不能带 @skip 或 @include：请去掉该指令，或不发起订阅。",
    ),
  noSuchOperation: (kind: string) => text(`There is no ${kind} here.`, `此处没有 ${kind}。`),
  tooDeep: (depth: number, limit: number) =>
    text(
      `The query is ${depth} fields deep, at most ${limit} are taken: ask for what lies deeper by its id.`,
      `查询深 ${depth} 层，最多 ${limit} 层：更深的内容请按其 id 查询。`,
    ),
  tooManyAliases: (aliases: number, limit: number) =>
    text(
      `The query has ${aliases} aliases, at most ${limit} are taken: ask for more in further requests.`,
      `查询有 ${aliases} 个别名，最多 ${limit} 个：其余请另行请求。`,
    ),
  tooWide: (limit: number) =>
    text(
      `With its fragments written out, the query has more than the ${limit} fields taken: ask for fewer.`,
      `展开片段后，查询超过允许的 ${limit} 个字段：请减少。`,
    ),
  pageTooLarge: (field: string, rows: number, limit: number) =>
    text(
      `${field} has pages of at most ${limit} rows, not ${rows}: fetch more page by page, with after.`,
      `${field} 每页最多 ${limit} 行，而非 ${rows} 行：请用 after 逐页获取。`,
    ),
  tooCostly: (objects: number, limit: number) =>
    text(
      `The query asks for up to ${objects} objects, at most ${limit} are given: ask for smaller pages, or for less of each row.`,
      `查询最多涉及 ${objects} 个对象，上限为 ${limit} 个：请缩小分页，或减少每行的内容。`,
    ),
  noIntrospection: () =>
    text(
      "None of your roles has the right to read the schema (introspection).",
      "您的角色均无权读取 schema（introspection）。",
    ),
  introspectionInFragment: () =>
    text(
      "Ask for __schema and __type in the query itself, not in a fragment.",
      "请在查询本身而非片段中请求 __schema 和 __type。",
    ),
  introspectionMixed: () =>
    text("Ask for __schema and __type in a query of their own.", "请用单独的查询请求 __schema 和 __type。"),

  // ---- how much and how often ----
  overloaded: (inFlight: number) =>
    text(
      `${inFlight} requests are in execution already; send this one again in a second.`,
      `已有 ${inFlight} 个请求正在执行：请一秒后重发。`,
    ),
  addressTooOften: (seconds: number) =>
    text(
      `From this address come more requests than are taken; send this one again in ${seconds} s, and the next ones slower.`,
      `来自此地址的请求过多：请 ${seconds} 秒后重发，并放慢后续请求。`,
    ),
  callerTooOften: (user: string, seconds: number) =>
    text(
      `As ${user} come more requests than are taken; send this one again in ${seconds} s, and the next ones slower.`,
      `${user} 的请求过多：请 ${seconds} 秒后重发，并放慢后续请求。`,
    ),
  tooManyFollow: (taken: number) =>
    text(
      `${taken} clients follow something already; come again in a second.`,
      `已有 ${taken} 个客户端正在订阅：请一秒后再来。`,
    ),
  tooManyConnections: (user: string, taken: number) =>
    text(
      `As ${user} there are ${taken} connections that follow something already, and no more are taken: end one first.`,
      `${user} 已有 ${taken} 个订阅连接，不再接受更多：请先结束一个。`,
    ),
  tooManyOfConnection: (taken: number) =>
    text(
      `This connection has ${taken} subscriptions already, and no more are taken: end one first.`,
      `此连接已有 ${taken} 个订阅，不再接受更多：请先结束一个。`,
    ),
  tooManySubscriptions: (user: string, taken: number) =>
    text(
      `As ${user} there are ${taken} subscriptions already, and no more are taken: end one first.`,
      `${user} 已有 ${taken} 个订阅，不再接受更多：请先结束一个。`,
    ),

  // ---- who asks ----
  metricsRoles: () => text("Metrics are for the roles admin and auditor.", "指标仅供 admin 和 auditor 角色读取。"),
  metricsToken: () =>
    text("Metrics need a token with the role admin or auditor.", "读取指标需要 admin 或 auditor 角色的令牌。"),
  tokenExpired: () =>
    text(
      "The token has expired: subscribe again with a new one, from what was told last.",
      "令牌已过期：请用新令牌从上次收到的内容起重新订阅。",
    ),
  serverStops: () =>
    text(
      "This server stops: subscribe again, from what was told last; another one may answer.",
      "本服务器即将停止：请从上次收到的内容起重新订阅，可能由其他服务器应答。",
    ),

  // ---- services that do not answer ----
  unavailable: (service: string, ofMutation: boolean) =>
    ofMutation
      ? text(
          `The service ${service} does not answer now; send the mutation again under the same commandId.`,
          `服务 ${service} 暂无应答：请用相同的 commandId 重发变更。`,
        )
      : text(
          `The service ${service} does not answer now; the rest of the answer stands.`,
          `服务 ${service} 暂无应答：响应的其余部分有效。`,
        ),
  timedOut: (service: string, ms: number, ofMutation: boolean) =>
    ofMutation
      ? text(
          `The service ${service} did not answer within ${ms} ms and may have done it: send the mutation again under the same commandId.`,
          `服务 ${service} 未在 ${ms} 毫秒内应答，变更可能已执行：请用相同的 commandId 重发。`,
        )
      : text(
          `The service ${service} did not answer within ${ms} ms; the rest of the answer stands. Ask again, or for less.`,
          `服务 ${service} 未在 ${ms} 毫秒内应答：响应的其余部分有效。请重试，或减少内容。`,
        ),
  notAsked: (service: string, ofMutation: boolean) =>
    ofMutation
      ? text(
          `No time was left to ask the service ${service}: send the mutation again, alone, under the same commandId.`,
          `已没有时间请求服务 ${service}：请用相同的 commandId 单独重发变更。`,
        )
      : text(
          `No time was left to ask the service ${service}; the rest of the answer stands. Ask again, or for less.`,
          `已没有时间请求服务 ${service}：响应的其余部分有效。请重试，或减少内容。`,
        ),
  serviceOverloaded: (service: string, pending: number) =>
    text(
      `The service ${service} has ${pending} requests to answer already; send this one again in a second.`,
      `服务 ${service} 已有 ${pending} 个请求待应答：请一秒后重发。`,
    ),
} as const;

const articles = { text: "a text", JSON: "JSON", object: "an object" } as const;

/** What is wrong with a token, by the reason that the fault tells; it ends with how to get another one. */
const tokenReasons: Readonly<Record<string, (details: Fault["details"]) => string>> = {
  MISSING: () => "需要令牌：请发送请求头 Authorization: Bearer <token>。",
  EXPIRED: ({ expiredAt }) => `此令牌已于 ${String(expiredAt)} 过期，请使用新令牌。`,
  NOT_YET: () => "此令牌尚未生效。",
  NOT_ISSUED: () => "此令牌不是由本系统信任的签发方签发，或已被改动。",
};

/** A fault that refuses a request as a whole, in Chinese; undefined for those that are told in English alone. */
export function faultInChinese({ code, details }: Fault): string | undefined {
  switch (code) {
    case "UNAUTHENTICATED":
      return tokenReasons[String(details["reason"])]?.(details) ?? "此令牌在此无效，请使用新令牌。";
    case "IDENTITY_PROVIDER_UNAVAILABLE":
      return "身份提供方暂无应答，无法核实此令牌的签发方：请稍后重发。";
    default:
      return undefined;
  }
}

// ---- from the table to the answer ----

/** Where an error keeps its Chinese text until it is known who is told; JSON leaves it out. */
const chinese = Symbol("chinese");

/** An error as it is told in English, which `inLanguage` tells in Chinese. */
export const errorOf = (
  { en, zh }: Text,
  extensions: Readonly<Record<string, unknown>>,
): { readonly message: string; readonly extensions: Record<string, unknown> } => ({
  message: en,
  extensions: { ...extensions, [chinese]: zh },
});

/** The same for who reports errors of a document. */
export const toldError = (
  text: Text,
  { nodes, ...extensions }: { readonly nodes?: ASTNode } & Readonly<Record<string, unknown>> = {},
): GraphQLError => {
  const { message, extensions: kept } = errorOf(text, extensions);
  return new GraphQLError(message, { nodes: nodes ?? null, extensions: kept });
};

/** Errors in the caller's language as far as they are in the table, and the languages that they are in. */
export function inLanguage<Told extends GraphQLFormattedError>(
  errors: readonly Told[],
  language: Language,
): { readonly errors: readonly Told[]; readonly languages: string } {
  const languages = new Set<Language>();
  const told = errors.map((error) => {
    const zh = language === "zh" ? (error.extensions as Record<symbol, unknown> | undefined)?.[chinese] : undefined;
    languages.add(typeof zh === "string" ? "zh" : "en");
    return typeof zh === "string" ? { ...error, message: zh } : error;
  });
  return { errors: told, languages: [...languages].join(", ") };
}
