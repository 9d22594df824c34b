import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, day, scope, about } from "../shapes.js";

/** The customer gave one to five stars. */
export const satisfactionRecorded = Contract.of("satisfaction.recorded", "gendan.customers").version(
  z.object({ satisfactionId: id, customerId: id, score: z.int().min(1).max(5), recordedOn: day, ...about, ...scope }),
);
export type SatisfactionRecorded = DataOf<typeof satisfactionRecorded>;
