// GENDAN_SUBGRAPHS: where the processes of each service answer.
import { ConfigFault } from "@gendan/service-kit";

const VARIABLE = "GENDAN_SUBGRAPHS";
export const SUBGRAPHS_EXAMPLE =
  "order=http://127.0.0.1:4101/graphql,http://127.0.0.1:4111/graphql;logistics=http://127.0.0.1:4102/graphql";

/**
 * Reads `order=<url>,<url>;logistics=<url>`: at least one URL for each of the supergraph's services, and for no other.
 * Throws a ConfigFault with every fault.
 */
export function readSubgraphs(text: string, services: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const read = new Map<string, readonly string[]>();
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const part of partsOf(text, ";")) {
    const [, name, list] = /^([^=\s]+)\s*=(.*)$/s.exec(part) ?? [];
    if (name === undefined || list === undefined) {
      faults.push(`"${shown(part)}" is not of the form ${SUBGRAPHS_EXAMPLE}`);
      continue;
    }
    if (read.has(name)) faults.push(`${name} is named twice: write its URLs behind each other, with commas`);
    if (!services.includes(name)) faults.push(`there is no service ${name}, accepted: ${services.join(", ")}`);
    const urls = partsOf(list, ",");
    if (urls.length === 0) faults.push(`${name} has no URL`);
    for (const url of urls) {
      const fault = faultOf(url) ?? (seen.has(url) ? "is there twice" : undefined);
      if (fault !== undefined) faults.push(`${name}: ${shown(url)} ${fault}`);
      seen.add(url);
    }
    read.set(name, urls);
  }
  const missing = services.filter((name) => !read.has(name));
  if (missing.length > 0) faults.push(`no URL for ${missing.join(", ")}, as in ${SUBGRAPHS_EXAMPLE}`);
  if (faults.length > 0) throw new ConfigFault(faults.map((fault) => `${VARIABLE}: ${fault}`));
  return Object.fromEntries(read);
}

const partsOf = (text: string, separator: string): readonly string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");

function faultOf(text: string): string | undefined {
  if (!URL.canParse(text)) return "is no URL";
  const { protocol, pathname, username, password, hash } = new URL(text);
  if (protocol !== "http:" && protocol !== "https:") return "is neither http:// nor https://";
  if (username !== "" || password !== "") return "has a user or password in it, and services take tokens alone";
  if (hash !== "") return "has a # part";
  return pathname === "/" ? "has no path: /graphql is meant" : undefined;
}

/** What stands before an @ may be a password. */
const shown = (text: string): string => text.replace(/[^/=,;]*@/g, "…@");
