// POST /attachments and GET /attachments/<id>[/<version>]: the bytes of orders' files. What is known of them is the graph's.
import { Readable } from "node:stream";
import { newId, type BlobStore } from "@gendan/eventing";
import { blobKeyOf, fileTypes, refused, RequestRefused } from "@gendan/service-kit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { GraphQLFormattedError } from "graphql";
import type { CallersGraph } from "../files/callers-graph.js";
import { sendJson, type GraphOf } from "../files/file-routes.js";
import { fileTexts } from "../files/file-texts.js";
import { withFormFile, type FormFile } from "../files/form-file.js";
import { unlessIdle } from "../files/unless-idle.js";
import { agrees, hasEnding, keptName, kindOf } from "./look-into.js";

export interface AttachmentOptions {
  readonly blobs: BlobStore;
  readonly mostBytes: number;
  readonly idleMs: number;
}

const ATTACHMENT =
  "id revision orderId versions { version name mediaType size sha256 filedAt filedBy } removedAt removedBy";
const ORDER = "query Attach($id: ID!) { order(id: $id) { id } }";
const ATTACH = `mutation AttachFile($input: AttachFileInput!) { attachFile(input: $input) {
  attachment { ${ATTACHMENT} } revision replayed settleToken userErrors { code field message } } }`;
const FIND = `query FindAttachment($id: ID!) { attachment(id: $id) { ${ATTACHMENT} } }`;

export function attachmentRoutes(
  scope: FastifyInstance,
  graphOf: GraphOf,
  { blobs, mostBytes, idleMs }: AttachmentOptions,
): void {
  scope.post<{ Querystring: Asked }>("/attachments", { bodyLimit: mostBytes + ENVELOPE }, async (request, reply) => {
    const graph = graphOf(request);
    const { order: orderId, attachment: attachmentId, commandId = newId() } = request.query;
    if (typeof orderId !== "string") throw refused(400, "BAD_REQUEST", fileTexts.whichOrder());
    if (!graph.caller.grants?.commands.has("attachFile")) throw refused(403, "FORBIDDEN", fileTexts.mayNotAttach());
    // Before a byte of it is kept: who does not see the order keeps nothing here.
    const { order } = await graph.ask<{ readonly order: object | null }>(ORDER, { id: orderId });
    if (order === null) throw refused(404, "ORDER_NOT_FOUND", fileTexts.noOrder(orderId));
    return withFormFile(request, mostBytes, async (file) => {
      const told = await described(file);
      await blobs.put(blobKeyOf({ ...told, orderId })!, file);
      const input = { commandId, orderId, ...(attachmentId === undefined ? {} : { attachmentId }), ...told };
      return filed(graph, reply, input);
    });
  });
  const download = (request: FastifyRequest<{ Params: Named }>, reply: FastifyReply) =>
    sendBytes(graphOf(request), request, reply, blobs, idleMs);
  scope.get<{ Params: Named }>("/attachments/:id", download);
  scope.get<{ Params: Named }>("/attachments/:id/:version", download);
}

interface Asked {
  readonly order?: string;
  readonly attachment?: string;
  readonly commandId?: string;
}

interface Named {
  readonly id: string;
  readonly version?: string;
}

/** What a form has besides its file. */
const ENVELOPE = 65_536;

interface Attachment {
  readonly id: string;
  readonly orderId: string;
  readonly removedAt: string | null;
  readonly versions: readonly (Described & { readonly version: number; readonly name: string | null })[];
}

interface Described {
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
}

/** What is found in the file. Throws a RequestRefused where it is not taken, or is not what it is called. */
async function described({ name: given, declared, ...file }: FormFile) {
  if (file.size === 0) throw refused(400, "FILE_EMPTY", fileTexts.fileEmpty());
  const mediaType = await kindOf(file.path, { name: given, isText: file.isText });
  if (!mediaType) throw refused(415, "FILE_TYPE", fileTexts.fileType(Object.keys(fileTypes).join(", ")));
  if (!agrees(declared, mediaType)) throw refused(415, "FILE_TYPE_DIFFERS", fileTexts.typeDiffers(declared, mediaType));
  const name = keptName(given, fileTypes[mediaType][0]);
  if (!hasEnding(name, mediaType)) throw refused(415, "FILE_TYPE_DIFFERS", fileTexts.typeDiffers(name, mediaType));
  return { name, mediaType, size: file.size, sha256: file.sha256 };
}

async function filed(graph: CallersGraph, reply: FastifyReply, input: object): Promise<FastifyReply> {
  const { attachFile } = await graph.ask<{ readonly attachFile: Filed }>(ATTACH, { input });
  const { userErrors, ...told } = attachFile;
  if (userErrors.length === 0) return sendJson(reply.code(told.replayed ? 200 : 201), told, graph.context.correlation);
  const errors = userErrors.map(({ message, ...extensions }): GraphQLFormattedError => ({ message, extensions }));
  throw new RequestRefused(userErrors[0]!.code.endsWith("NOT_FOUND") ? 404 : 409, errors);
}

interface Filed {
  readonly attachment: Attachment | null;
  readonly replayed: boolean;
  readonly userErrors: readonly { readonly code: string; readonly field: string | null; readonly message: string }[];
}

async function sendBytes(
  graph: CallersGraph,
  request: FastifyRequest<{ Params: Named }>,
  reply: FastifyReply,
  blobs: BlobStore,
  idleMs: number,
): Promise<FastifyReply> {
  const { id, version } = request.params;
  const { attachment } = await graph.ask<{ readonly attachment: Attachment | null }>(FIND, { id });
  const found = attachment?.versions.findLast((each) => version === undefined || String(each.version) === version);
  if (!attachment || !found || attachment.removedAt !== null)
    throw refused(404, "NOT_FOUND", fileTexts.noAttachment(id));
  const { sha256, mediaType, name } = found;
  const tag = `"${sha256}"`;
  reply
    .header("etag", tag)
    .header("cache-control", "private, no-cache")
    .header("vary", "authorization, origin")
    .header("x-correlation-id", graph.context.correlation);
  if (request.headers["if-none-match"]?.split(",").some((each) => each.trim() === tag)) return reply.code(304).send();
  const opened = await blobs.open(blobKeyOf({ orderId: attachment.orderId, sha256, mediaType })!);
  if (!opened) throw refused(410, "FILE_GONE", fileTexts.fileGone(id));
  return reply
    .header("content-type", mediaType.startsWith("text/") ? `${mediaType}; charset=utf-8` : mediaType)
    .header("content-length", opened.size)
    .header("content-disposition", dispositionOf(name ?? `${id}.${fileTypes[mediaType as keyof typeof fileTypes][0]}`))
    .send(Readable.from(unlessIdle(opened.bytes, reply, idleMs), { objectMode: false }));
}

/** RFC 6266: saved, never shown within a page; the name in ASCII and as it is. */
function dispositionOf(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, "_");
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
