// In which form an answer is wanted, by the GraphQL-over-HTTP specification.

export interface MediaType {
  readonly name: "application/json" | "application/graphql-response+json";
  /**
   * The client has asked for application/json by name: such a client is told of an error in its document with status 200, since
   * anything else may come from a proxy. Everybody else gets the status that fits.
   */
  readonly legacy: boolean;
}

const json = { name: "application/json", legacy: false } as const;
const known: Readonly<Record<string, MediaType>> = {
  "application/graphql-response+json": { name: "application/graphql-response+json", legacy: false },
  "application/json": { name: "application/json", legacy: true },
  "application/*": json,
  "*/*": json,
};

/** The best that an `Accept` header names, application/json where there is none; undefined where it takes neither. */
export function mediaTypeOf(accept: string | undefined): MediaType | undefined {
  if (accept === undefined || accept.trim() === "") return json;
  let best: MediaType | undefined;
  let bestQuality = 0;
  for (const range of accept.split(",")) {
    const [name = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const quality = Number(parameters.find((each) => each.startsWith("q="))?.slice(2) ?? "1");
    const type = Object.hasOwn(known, name) ? known[name] : undefined;
    if (type === undefined || !(quality > bestQuality)) continue;
    best = type;
    bestQuality = quality;
  }
  return best;
}
