// GET /print/<template>/<id>.pdf: a paper of an order, a shipment, …, as who asks sees it, in the language asked for.
import { refused } from "@gendan/service-kit";
import type { FastifyInstance } from "fastify";
import type { GraphOf } from "../files/file-routes.js";
import { fileTexts } from "../files/file-texts.js";
import type { Letterhead } from "./letterhead.js";
import type { Printer } from "./printer.js";
import { templates } from "./templates.js";
import { Words } from "./words.js";

export interface PrintOptions {
  readonly letterhead: Letterhead;
  readonly printer: Printer;
}

export function printRoutes(scope: FastifyInstance, graphOf: GraphOf, { letterhead, printer }: PrintOptions): void {
  scope.get<{ Params: { template: string; file: string } }>("/print/:template/:file", async (request, reply) => {
    const { template: name, file } = request.params;
    const template = Object.hasOwn(templates, name) ? templates[name] : undefined;
    const [, id] = /^([\w-]{1,100})\.pdf$/.exec(file) ?? [];
    if (!template || id === undefined) {
      throw refused(404, "NOT_FOUND", fileTexts.noSuchPrint(`${name}/${file}`, Object.keys(templates).join(", ")));
    }
    const graph = graphOf(request);
    const { subject } = await graph.ask<{ readonly subject: { readonly number: string } | null }>(template.query, {
      id,
    });
    if (subject === null) throw refused(404, "NOT_FOUND", fileTexts.nothingToPrint(id));
    const { language, correlation } = graph.context;
    const paper = template.paper(subject as never, new Words(language), letterhead[language]);
    if ("code" in paper) throw refused(paper.code === "FIELD_MASKED" ? 403 : 409, paper.code, paper.text);
    return reply
      .header("content-type", "application/pdf")
      .header("content-disposition", `inline; filename="${name}-${paper.number.replace(/[^\w.-]/g, "_")}.pdf"`)
      .header("content-language", language)
      .header("x-correlation-id", correlation)
      .send(Buffer.from(await printer.print(paper)));
  });
}
