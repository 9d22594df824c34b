// Everything that comes and goes as a file, beside /graphql: one room of routes over the graph as their callers see it.
import type { BlobStore } from "@gendan/eventing";
import type { GatewayConfig, RequestWatch } from "@gendan/service-kit";
import type { FastifyInstance } from "fastify";
import { attachmentRoutes } from "../attachments/attachment-routes.js";
import { exportRoutes } from "../export/export-routes.js";
import { letterheadIn } from "../print/letterhead.js";
import { printRoutes } from "../print/print-routes.js";
import { Printer } from "../print/printer.js";
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
  const { requestTimeoutMs, requestBodyBytes: bodyBytes, filesAtOnce: atOnce, letterheadFile } = config;
  const printer = new Printer(requestTimeoutMs);
  const letterhead = letterheadIn(letterheadFile);
  fileRoutes(
    server,
    door,
    { bodyBytes, atOnce },
    async (scope, graphOf) => {
      exportRoutes(scope, graphOf, { schema: door.schema, limits: config, idleMs: requestTimeoutMs });
      printRoutes(scope, graphOf, { letterhead, printer });
      if (blobs)
        await attachmentRoutes(scope, graphOf, { blobs, mostBytes: config.fileBytes, idleMs: requestTimeoutMs });
    },
    watch,
  );
  return { close: () => printer.close() };
}
