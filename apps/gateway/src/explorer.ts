// GET /graphql for people: a page to write a query, send it with a token, and read the answer. Nothing from elsewhere.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";

/** Serves the page to browsers; programs are told to POST. */
export function explorerRoute(server: FastifyInstance): void {
  let page: { readonly html: string; readonly policy: string } | undefined;
  server.get("/", (_, reply) => reply.redirect("/graphql"));
  server.get("/graphql", (request, reply) => {
    if (!request.headers.accept?.includes("text/html")) {
      const error = { message: "Send queries with POST.", extensions: { code: "BAD_REQUEST" } };
      return reply
        .code(405)
        .header("allow", "POST")
        .send({ errors: [error] });
    }
    page ??= readPage();
    return reply
      .header("content-type", "text/html; charset=utf-8")
      .header("content-security-policy", page.policy)
      .header("x-content-type-options", "nosniff")
      .header("referrer-policy", "no-referrer")
      .send(page.html);
  });
}

/** The page and a policy under which nothing but its own script and style runs, and nothing but this server is asked. */
function readPage() {
  const html = readFileSync(new URL("./explorer.html", import.meta.url), "utf8");
  const hashOf = (tag: string) => {
    const [, text = ""] = new RegExp(`<${tag}>(.*?)</${tag}>`, "s").exec(html) ?? [];
    return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  };
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf("script")}`,
    `style-src ${hashOf("style")}`,
    "connect-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return { html, policy: policy.join("; ") };
}
