// docker-compose.yml as it is read here: the part of the Compose specification that it uses, and nothing besides.
import { parse } from "yaml";
import { z } from "zod";

const name = z.string().regex(/^[a-z0-9][a-z0-9_-]*$/);
const duration = z.string().regex(/^\d+(ms|s|m|h)$/);
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const service = z.strictObject({
  image: z.string(),
  build: z.strictObject({ context: z.string() }).optional(),
  pull_policy: z.enum(["never", "build"]).optional(),
  command: z.array(z.string()).optional(),
  user: z.string().optional(),
  init: z.boolean().optional(),
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string().startsWith("/")).optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  mem_limit: z
    .string()
    .regex(/^\d+[mg]$/)
    .optional(),
  restart: z.enum(["no", "always", "on-failure", "unless-stopped"]).optional(),
  stop_grace_period: duration.optional(),
  networks: z.array(name).optional(),
  /** `address:published:target`, no other form. */
  ports: z.array(z.string()).optional(),
  /** `name:/path`, no other form: folders of the machine are not mounted. */
  volumes: z.array(z.string().regex(/^[a-z0-9-]+:\/[\w./-]+$/)).optional(),
  depends_on: z
    .record(
      name,
      z.strictObject({
        condition: z.enum(["service_started", "service_healthy", "service_completed_successfully"]),
      }),
    )
    .optional(),
  environment: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), scalar).optional(),
  healthcheck: z
    .strictObject({
      test: z.tuple([z.enum(["CMD", "CMD-SHELL"])], z.string()),
      interval: duration,
      timeout: duration,
      retries: z.int().positive(),
      start_period: duration,
      start_interval: duration,
    })
    .optional(),
});

const composeFile = z
  .looseObject({
    name,
    services: z.record(name, service),
    networks: z.record(name, z.strictObject({ internal: z.boolean().optional() })),
    volumes: z.record(name, z.strictObject({})),
  })
  .superRefine((file, context) => {
    // Extensions are for anchors and mean nothing by themselves.
    const known = /^(name|services|networks|volumes|x-.+)$/;
    const unknown = Object.keys(file).filter((key) => !known.test(key));
    if (unknown.length > 0) context.addIssue({ code: "unrecognized_keys", keys: unknown, input: file });
  });

export type ComposeFile = z.output<typeof composeFile>;
export type ComposeService = z.output<typeof service>;

/** Reads the file with the variables of `.env`. Throws what makes it no Compose file, or none of the kind that is used here. */
export function readCompose(text: string, variables: Readonly<Record<string, string>> = {}): ComposeFile {
  const file = composeFile.safeParse(interpolated(parse(text, { merge: true, uniqueKeys: true }), variables));
  if (file.success) return file.data;
  throw new Error(`docker-compose.yml: ${z.prettifyError(file.error)}`);
}

/** `${NAME:-default}` is the one form of variables that is used; any other $ is a slip. */
function interpolated(value: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((each) => interpolated(each, variables));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, interpolated(each, variables)]));
  if (typeof value !== "string") return value;
  const text = value.replace(/\$\{([A-Z][A-Z0-9_]*):-([^{}$]*)\}/g, (_, variable: string, otherwise: string) =>
    variables[variable] ? variables[variable] : otherwise,
  );
  if (text.includes("$")) throw new Error(`docker-compose.yml: "${value}" has a $ outside of \${NAME:-default}`);
  return text;
}
