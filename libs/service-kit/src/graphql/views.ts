// A service's schema as different callers see it: one view for those who see the same classes of fields.
import { defaultFieldResolver, isObjectType, type GraphQLField, type GraphQLSchema } from "graphql";
import type { GendanContext } from "./context.js";
import { tellingExpected } from "./expected-revision.js";
import { checkClasses, fieldClasses, mask } from "./field-classes.js";
import { refusedByGrants } from "./granted-commands.js";
import { noGrants, type Grants } from "./grants.js";
import { tellingRefused, type TellRefused } from "./refused-commands.js";
import { withScalars } from "./scalars.js";

export interface View {
  readonly schema: GraphQLSchema;
  /** The classes that are not seen. */
  readonly unseen: ReadonlySet<string>;
}

/**
 * The views of a service. What a caller sees is decided before a query is compiled: a view without a class has other resolvers
 * for the fields of it, so that what is seen costs nothing more.
 */
export class Views {
  /** The view of whoever sees everything. */
  readonly whole: View;
  private readonly made = new Map<string, View>();
  private readonly known = new WeakMap<Grants, View>();

  /** `make` makes the schema anew each time: views differ in its resolvers. `tellRefused` is told of refused commands. */
  constructor(
    private readonly make: () => GraphQLSchema,
    private readonly tellRefused?: TellRefused,
  ) {
    this.whole = this.without([]);
    checkClasses(this.whole.schema);
  }

  /** The view of a caller. */
  of({ grants = noGrants }: { readonly grants?: Grants }): View {
    const known = this.known.get(grants);
    if (known) return known;
    const view = this.without(fieldClasses.filter((each) => !grants.fields.has(each)));
    this.known.set(grants, view);
    return view;
  }

  private without(classes: readonly string[]): View {
    const key = classes.join(" ");
    const known = this.made.get(key);
    if (known) return known;
    const schema = withScalars(this.make());
    const unseen = new Set(classes);
    mask(schema, unseen);
    tellingExpected(schema);
    keepToGrants(schema);
    if (this.tellRefused) tellingRefused(schema, this.tellRefused);
    const view = { schema, unseen };
    this.made.set(key, view);
    return view;
  }
}

/** Mutations are refused to who may not send them, and left out of every list of available actions. */
function keepToGrants(schema: GraphQLSchema): void {
  for (const mutation of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { name, resolve = defaultFieldResolver } = mutation as GraphQLField<unknown, GendanContext>;
    mutation.resolve = (source, args: { readonly input?: unknown }, context: GendanContext, info) =>
      refusedByGrants(context, name, args.input) ?? resolve(source, args, context, info);
  }
  for (const type of Object.values(schema.getTypeMap())) {
    const field = isObjectType(type) ? type.getFields()["availableActions"] : undefined;
    if (!field) continue;
    const { resolve = defaultFieldResolver } = field as GraphQLField<unknown, GendanContext>;
    field.resolve = async (source, args, context: GendanContext, info) => {
      const actions = (await resolve(source, args, context, info)) as readonly string[] | null;
      return actions?.filter((each) => (context.caller.grants ?? noGrants).commands.has(each)) ?? null;
    };
  }
}
