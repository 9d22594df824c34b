// What every field of a public event says of itself besides its type: its personal-data class, and whether more values may come.
import type { z } from "zod";

/**
 * - `none`: tells nothing of a person.
 * - `pseudonymousId`: names a person by an id that only our services can resolve, and no more once the person is erased.
 * - `personal`: tells of a person by itself. No public event has such a field; a check over the catalog refuses it.
 */
export type PersonalData = "none" | "pseudonymousId" | "personal";

/** The annotations as they stand in a JSON Schema. */
export const PERSONAL_DATA = "x-personal-data";
export const OPEN_ENUM = "x-open-enum";

const classed =
  (personalData: PersonalData) =>
  <Schema extends z.ZodType>(schema: Schema): Schema =>
    schema.meta({ ...schema.meta(), [PERSONAL_DATA]: personalData });

/** A field that tells nothing of a person. */
export const none = classed("none");
/** A field that names a person by an id. */
export const pseudonymousId = classed("pseudonymousId");
