// GET /graphql for people: a page to write a query, send it with a token, and read the answer. Nothing from elsewhere.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { FastifyInstance, FastifyReply } from "fastify";

/** Leads the root to /graphql, and gives what a browser gets there. */
export function explorerPage(server: FastifyInstance): (reply: FastifyReply) => FastifyReply {
  let page: { readonly html: string; readonly policy: string } | undefined;
  server.get("/", (_, reply) => reply.redirect("/graphql"));
  return (reply) => {
    page ??= readPage();
    return reply
      .header("content-type", "text/html; charset=utf-8")
      .header("content-security-policy", page.policy)
      .header("x-content-type-options", "nosniff")
      .header("referrer-policy", "no-referrer")
      .send(page.html);
  };
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
