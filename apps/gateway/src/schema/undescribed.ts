// What of a schema has no description: clients know it by its name alone.
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from "graphql";

export interface Undescribed {
  readonly types: readonly string[];
  /** Fields of objects and inputs, and values of enums: `Order.number`. */
  readonly fields: readonly string[];
}

/** The types and fields of a schema that are not described, in the order of their names. */
export function undescribedIn(sdl: string): Undescribed {
  const types = Object.values(buildSchema(sdl).getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  const fieldsOf = (
    type: (typeof types)[number],
  ): readonly { readonly name: string; readonly description?: unknown }[] => {
    if (isEnumType(type)) return type.getValues();
    if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) return Object.values(type.getFields());
    return [];
  };
  return {
    types: types
      .filter(({ description }) => !description)
      .map(({ name }) => name)
      .sort(),
    fields: types
      .flatMap((type) =>
        fieldsOf(type).flatMap(({ name, description }) => (description ? [] : [`${type.name}.${name}`])),
      )
      .sort(),
  };
}
