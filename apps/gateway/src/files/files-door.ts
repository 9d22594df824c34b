// Everything that comes and goes as a file, beside /graphql: one room of routes over the graph as their callers see it.
import type { BlobStore } from "@gendan/eventing";
import type { GatewayConfig, RequestWatch } from "@gendan/service-kit";
import multipart from "@fastify/multipart";
import type { FastifyInstance } from "fastify";
import { attachmentRoutes } from "../attachments/attachment-routes.js";
import { exportRoutes } from "../export/export-routes.js";
import { letterheadIn } from "../print/letterhead.js";
import { printRoutes } from "../print/print-routes.js";
import { Printer } from "../print/printer.js";
import { sheetRoutes } from "../sheets/sheet-routes.js";
import type { GraphDoor } from "./callers-graph.js";
import { fileRoutes } from "./file-routes.js";

export interface FilesOptions {
  /** Where files are; absent: none are taken. */
  readonly blobs: BlobStore | undefined;
  readonly watch: RequestWatch | undefined;
}

export interface FilesDoor {
  close(): Promise<void>;
}

/** Adds the routes. Throws a ConfigFault. */
export function filesDoor(
  server: FastifyInstance,
  door: GraphDoor,
  config: GatewayConfig,
  { blobs, watch }: FilesOptions,
): FilesDoor {
  const { requestTimeoutMs, requestBodyBytes: bodyBytes, filesAtOnce: atOnce, letterheadFile, fileBytes } = config;
  const printer = new Printer(requestTimeoutMs);
  const letterhead = letterheadIn(letterheadFile);
  fileRoutes(
    server,
    door,
    { bodyBytes, atOnce },
    async (scope, graphOf) => {
      exportRoutes(scope, graphOf, { schema: door.schema, limits: config, idleMs: requestTimeoutMs });
      printRoutes(scope, graphOf, { letterhead, printer });
      await scope.register(multipart, { limits: { fileSize: fileBytes + 1, files: 1, fields: 4, parts: 5 } });
      sheetRoutes(scope, graphOf, { mostBytes: fileBytes, idleMs: requestTimeoutMs });
      if (blobs) attachmentRoutes(scope, graphOf, { blobs, mostBytes: fileBytes, idleMs: requestTimeoutMs });
    },
    watch,
  );
  return { close: () => printer.close() };
}
