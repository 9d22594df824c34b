// Every mutation against ids that the caller does not see: made from the schema, so that a new one is proven as well.
import { newId } from "@gendan/eventing";
import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
} from "graphql";
import type { Asking } from "./roots.js";
import type { Kind } from "./world.js";

/** The fields of inputs that name rows. */
const kinds: Readonly<Record<string, Kind>> = {
  quotationId: "Quotation",
  orderId: "Order",
  shipmentId: "Shipment",
  caseId: "Case",
  issueId: "Issue",
  customerId: "Customer",
  contactId: "Contact",
  invoiceId: "Invoice",
  receiptId: "Receipt",
  attachmentId: "Attachment",
};

/** Taken as they are told, whatever there is under them: nothing is looked up, so nothing is said of it. */
export const takenAsTold: ReadonlySet<string> = new Set([
  "draftQuotation.customerId",
  "receiveOrder.customerId",
  "receiveOrderByMail.mail.customerId",
  "recordReceipt.customerId",
  "setCreditLimit.customerId",
  // An account is seen by whom an order of it is seen, whoever owns the customer.
  "confirmStatement.customerId",
  "openCase.shipmentId",
  "openIssue.shipmentId",
  "logInteraction.shipmentId",
  "recordSatisfaction.shipmentId",
]);

/** A field of a mutation's input that names a row: `allocateReceipt.allocations.orderId`. */
export interface Target {
  readonly mutation: string;
  readonly path: readonly string[];
  readonly input: GraphQLInputObjectType;
}

export const nameOf = ({ mutation, path }: Target): string => [mutation, ...path].join(".");

export function targetsIn(schema: GraphQLSchema): Target[] {
  return Object.values(schema.getMutationType()!.getFields()).flatMap(({ name, args }) => {
    const input = getNullableType(args.find((each) => each.name === "input")!.type) as GraphQLInputObjectType;
    return pathsIn(input).map((path) => ({ mutation: name, path, input }));
  });
}

function pathsIn(input: GraphQLInputObjectType): string[][] {
  return Object.values(input.getFields()).flatMap((field) => {
    if (field.name in kinds) return [[field.name]];
    const inner = innerOf(field.type);
    return isInputObjectType(inner) ? pathsIn(inner).map((path) => [field.name, ...path]) : [];
  });
}

const innerOf = (type: GraphQLInputType): GraphQLInputType => {
  const nullable = getNullableType(type);
  return isListType(nullable) ? innerOf(nullable.ofType as GraphQLInputType) : nullable;
};

/** An input that names `id` under the target's path, and besides what must be given. */
export function inputFor(asking: Asking, { input, path }: Target, id: string): object {
  const made = Object.values(input.getFields()).flatMap((field) => {
    const isOnPath = field.name === path[0];
    const isLeftOut = !isNonNullType(field.type) && (field.name in kinds || !asking.random.chance(0.2));
    if (!isOnPath && (isLeftOut || field.name === "commandId" || field.name === "id")) return [];
    return [[field.name, valueOf(asking, field, isOnPath ? path.slice(1) : undefined, id)]];
  });
  return Object.fromEntries(made) as object;
}

function valueOf(asking: Asking, field: GraphQLInputField, path: readonly string[] | undefined, id: string): unknown {
  const nullable = getNullableType(field.type);
  const inner = innerOf(field.type);
  const one = (): unknown => {
    if (isInputObjectType(inner)) return inputFor(asking, { mutation: "", input: inner, path: path ?? [] }, id);
    if (path?.length === 0) return id;
    if (isEnumType(inner)) return inner.getValues()[0]!.name;
    return sample(asking, field.name, String(inner), id);
  };
  return isListType(nullable) ? [one()] : one();
}

function sample(asking: Asking, name: string, type: string, id: string): unknown {
  const { world, who } = asking;
  const kind = kinds[name];
  if (kind) {
    const seen = world.of(kind).filter((row) => world.sees(who, row));
    // A shipment that the caller sees, with the very order that they do not, is the one to try.
    const tempting = seen.filter(({ orderIds }) => orderIds.includes(id));
    return (
      (tempting.length > 0 ? asking.random.pick(tempting) : seen.length > 0 ? asking.random.pick(seen) : undefined)
        ?.id ?? newId()
    );
  }
  switch (type) {
    case "Int":
      return 3;
    case "Boolean":
      return true;
    case "Date":
      return "2027-01-31";
    case "DateTime":
      return "2027-01-31T08:00:00.000Z";
    case "Quantity":
      return "1";
    default:
      return name === "minor" ? "1" : name === "currency" ? "EUR" : name === "department" ? "cn/east" : "x";
  }
}

/** The id of a row that the caller does not see; undefined where they see all of them. */
export function hiddenFor(asking: Asking, { path }: Target): string | undefined {
  const { world, who, random } = asking;
  const hidden = world.of(kinds[path.at(-1)!]!).filter((row) => !world.sees(who, row));
  return hidden.length === 0 ? undefined : random.pick(hidden).id;
}
