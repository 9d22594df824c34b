// GET /print/<template>/<id>.pdf: a paper of an order, a shipment, …, as who asks sees it, in the language asked for.
import { refused, type Variables } from "@gendan/service-kit";
import type { FastifyInstance } from "fastify";
import type { CallersGraph } from "../files/callers-graph.js";
import type { GraphOf } from "../files/file-routes.js";
import { fileTexts } from "../files/file-texts.js";
import type { Letterhead } from "./letterhead.js";
import type { Printer } from "./printer.js";
import { templates } from "./templates.js";
import { paperOf, type Template } from "./templates/template.js";
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
    const variables = template.variables ? template.variables(id) : { id };
    const subject = variables && (await subjectOf(graph, template, variables));
    if (!subject) throw refused(404, "NOT_FOUND", fileTexts.nothingToPrint(id));
    const { language, correlation } = graph.context;
    const paper = paperOf(template, subject, new Words(language), letterhead[language]);
    if ("code" in paper) throw refused(paper.code === "FIELD_MASKED" ? 403 : 409, paper.code, paper.text);
    return reply
      .header("content-type", "application/pdf")
      .header("content-disposition", `inline; filename="${name}-${paper.number.replace(/[^\w.-]/g, "_")}.pdf"`)
      .header("content-language", language)
      .header("x-correlation-id", correlation)
      .send(Buffer.from(await printer.print(paper)));
  });
}

interface Answered {
  readonly subject: Record<string, Page> | null;
}

interface Page {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Papers end somewhere: what has more movements is exported. */
const MOST_PAGES = 50;

/** The subject with what stands beside it, its paged list read to the end; undefined where there is none. */
async function subjectOf(
  graph: CallersGraph,
  { query, paged }: Template,
  variables: Variables,
): Promise<object | undefined> {
  const { subject, ...beside } = await graph.ask<Answered>(query, variables);
  if (!subject) return undefined;
  const first = paged === undefined ? undefined : subject[paged];
  if (paged === undefined || !first) return { ...beside, ...subject };
  const nodes = [...first.nodes];
  let { pageInfo } = first;
  for (let pages = 1; pageInfo.hasNextPage && pages < MOST_PAGES; pages += 1) {
    const next = (await graph.ask<Answered>(query, { ...variables, after: pageInfo.endCursor })).subject![paged]!;
    nodes.push(...next.nodes);
    pageInfo = next.pageInfo;
  }
  if (pageInfo.hasNextPage) throw refused(409, "TOO_LONG", fileTexts.tooLong());
  return { ...beside, ...subject, [paged]: { ...first, nodes } };
}
