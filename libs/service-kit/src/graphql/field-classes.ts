// Classes of fields: directives of the schemas (common.graphql) that say for whom a field is null, and what of its value.
import {
  getNamedType,
  getDirectiveValues,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";
import { Fault } from "@gendan/eventing";
import type { Language } from "./context.js";
import { commonSdl } from "./sdl.js";

/** The classes that there are: the directives that all services share. */
export const fieldClasses: readonly string[] = parse(commonSdl()).definitions.flatMap((each) =>
  each.kind === Kind.DIRECTIVE_DEFINITION ? [each.name.value] : [],
);

/** A field of an answer that the caller does not see. */
export interface MaskedField {
  /** Order.amount */
  readonly field: string;
  readonly class: string;
  /** For people, in the language of the request. */
  readonly reason: string;
}

export type Unseen = Pick<MaskedField, "field" | "class">;

/** How much of a field's value is of the class; all of it where nothing is said. */
interface Extent {
  readonly class: string;
  /** Only where this member of the object that has the field … */
  readonly where?: string;
  /** … matches this pattern. */
  readonly matches?: RegExp;
  /** Only these members of the value. */
  readonly keys?: readonly string[];
}

interface Classed {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;
}

const extentsOf = (schema: GraphQLSchema, of: Classed): Extent[] =>
  fieldClasses.flatMap((name) => {
    const values = getDirectiveValues(schema.getDirective(name)!, { directives: of.astNode?.directives ?? [] });
    if (values === undefined) return [];
    const { where, matches, keys } = values as { where?: string; matches?: string; keys?: string[] };
    return [
      {
        class: name,
        ...(where == null ? {} : { where, matches: new RegExp(matches ?? "") }),
        ...(keys == null ? {} : { keys }),
      },
    ];
  });

const classesOf = (of: Classed): string[] =>
  (of.astNode?.directives ?? []).map(({ name }) => name.value).filter((name) => fieldClasses.includes(name));

type Resolve = NonNullable<GraphQLField<unknown, unknown>["resolve"]>;

/** Makes the schema one for callers who do not see these classes: their fields are null, and cannot be asked about. */
export function mask(schema: GraphQLSchema, classes: ReadonlySet<string>): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) {
      const extents = extentsOf(schema, field).filter((each) => classes.has(each.class));
      const asked = askedOf(field.args, classes);
      if (asked) field.resolve = refusing(asked, field.resolve);
      for (const extent of extents) field.resolve = masked(extent, field.name, field.resolve);
    }
  }
}

/** Throws where a field of a class could not be null. */
export function checkClasses(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const [extent] = extentsOf(schema, field).filter(({ keys }) => keys === undefined);
      if (extent && isNonNullType(field.type)) {
        throw new Error(`${type.name}.${field.name} is of the class ${extent.class}, and so must be nullable.`);
      }
    }
  }
}

function masked({ where, matches, keys }: Extent, name: string, resolve: Resolve | undefined): Resolve {
  const whole = resolve ?? ((source) => (source as Readonly<Record<string, unknown>>)[name]);
  if (where === undefined && keys === undefined) return () => null;
  const seen: Resolve = (source, args, context, info) => {
    const value = whole(source, args, context, info);
    return value instanceof Promise ? value.then((done) => without(done, keys)) : without(value, keys);
  };
  if (where === undefined) return seen;
  return (source, args, context, info) => {
    const isOfClass = matches!.test(String((source as Readonly<Record<string, unknown>>)[where]));
    if (!isOfClass) return whole(source, args, context, info);
    return keys === undefined ? null : seen(source, args, context, info);
  };
}

function without(value: unknown, keys: readonly string[] | undefined): unknown {
  if (keys === undefined || typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** Finds what an argument's value asks about: undefined where it asks nothing that is of these classes. */
type Asked = (value: unknown) => Unseen | undefined;

function refusing(asked: Asked, resolve: Resolve | undefined): Resolve {
  return (source, args, context, info) => {
    const unseen = asked(args);
    if (unseen === undefined) return resolve!(source, args, context, info);
    const message = `Your roles do not see ${unseen.field} (${unseen.class} fields), so nothing is sorted or found by it.`;
    throw new Fault("FIELD_MASKED", message, { ...unseen });
  };
}

/** Looks through arguments for values and members of the classes; undefined where their types have none. */
const askedOf = (args: readonly GraphQLArgument[], classes: ReadonlySet<string>): Asked | undefined =>
  membersAsked(args, "", classes, new Map());

type Member = Classed & { readonly name: string; readonly type: GraphQLInputType };

/** Input types that were looked at, and those that are being looked at: an input may have itself as a member. */
type Known = Map<string, Asked | "being looked at" | undefined>;

function membersAsked(
  members: readonly Member[],
  type: string,
  classes: ReadonlySet<string>,
  known: Known,
): Asked | undefined {
  const checks = members.flatMap((member) => {
    const [of] = classesOf(member).filter((each) => classes.has(each));
    const field = type === "" ? member.name : `${type}.${member.name}`;
    const inner = of === undefined ? valueAsked(member.type, classes, known) : () => ({ field, class: of });
    return inner ? [[member.name, inner] as const] : [];
  });
  if (checks.length === 0) return undefined;
  return (value) => {
    for (const [name, check] of checks) {
      const given = (value as Readonly<Record<string, unknown>>)[name];
      const found = given == null ? undefined : check(given);
      if (found) return found;
    }
    return undefined;
  };
}

function valueAsked(type: GraphQLInputType, classes: ReadonlySet<string>, known: Known): Asked | undefined {
  const named = getNamedType(type);
  const one = known.has(named.name) ? knownAsked(named.name, known) : lookedAt(named, classes, known);
  return one && ((value) => (Array.isArray(value) ? value.map(one).find(Boolean) : one(value)));
}

function knownAsked(name: string, known: Known): Asked | undefined {
  const asked = known.get(name);
  if (asked !== "being looked at") return asked;
  return (value) => {
    const made = known.get(name);
    return typeof made === "function" ? made(value) : undefined;
  };
}

function lookedAt(named: GraphQLNamedType, classes: ReadonlySet<string>, known: Known): Asked | undefined {
  known.set(named.name, "being looked at");
  const asked = isEnumType(named)
    ? enumAsked(named.name, named.getValues(), classes)
    : isInputObjectType(named)
      ? membersAsked(Object.values(named.getFields()), named.name, classes, known)
      : undefined;
  known.set(named.name, asked);
  return asked;
}

function enumAsked(
  type: string,
  values: readonly (Classed & { readonly name: string; readonly value: unknown })[],
  classes: ReadonlySet<string>,
): Asked | undefined {
  const unseen = new Map(
    values.flatMap((each) =>
      classesOf(each)
        .filter((of) => classes.has(of))
        .map((of) => [each.value, { field: `${type}.${each.name}`, class: of }] as const),
    ),
  );
  return unseen.size === 0 ? undefined : (value) => unseen.get(value);
}

/** What an operation selects that callers without these classes do not see, once for each field. */
export function unseenIn(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  classes: ReadonlySet<string>,
): readonly Unseen[] {
  if (classes.size === 0) return [];
  const operations = separateOperations(document);
  const operation = operations[operationName ?? ""] ?? Object.values(operations)[0] ?? document;
  const found = new Map<string, Unseen>();
  const types = new TypeInfo(schema);
  visit(
    operation,
    visitWithTypeInfo(types, {
      Field() {
        const [type, field] = [types.getParentType(), types.getFieldDef()];
        const [of] = field ? classesOf(field).filter((each) => classes.has(each)) : [];
        if (type && field && of !== undefined) {
          found.set(`${type.name}.${field.name}`, { field: `${type.name}.${field.name}`, class: of });
        }
      },
    }),
  );
  return [...found.values()];
}

const reasons: Readonly<Record<Language, (unseen: Unseen) => string>> = {
  en: (unseen) => `Your roles do not see ${unseen.class} fields.`,
  zh: (unseen) => `您的角色不能查看 ${unseen.class} 类字段。`,
};

/** What callers are told of it. */
export const explained = (unseen: readonly Unseen[], language: Language): readonly MaskedField[] =>
  unseen.map((each) => ({ ...each, reason: reasons[language](each) }));
