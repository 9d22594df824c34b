// Where the sample begins and ends in the log: a folder in which it was begun and not ended holds nothing that means anything.
import { Fault, streamName, uuidFrom, type Service } from "@gendan/eventing";
import { FIRST_CUSTOMER } from "./customers.js";

/** What is said last. */
export const LAST_INTERACTION = uuidFrom("sample", "interaction", "last");

export const UNFINISHED =
  "The sample company in this data folder was not finished, so it is of no use: delete the folder and start again (or with --empty, for none).";

/** Throws STORE_DAMAGED where the making of the sample was interrupted. */
export async function checkSample(services: ReadonlyMap<string, Service>): Promise<void> {
  const { eventStore } = services.get("customer")!.engines;
  const isThere = async (aggregate: string, id: string): Promise<boolean> =>
    (await eventStore.read(streamName("customer", aggregate, id), { limit: 1 })).length > 0;
  if (!(await isThere("customer", FIRST_CUSTOMER)) || (await isThere("interaction", LAST_INTERACTION))) return;
  throw new Fault("STORE_DAMAGED", UNFINISHED);
}
