import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { none } from "../fields.js";
import { about, day, personId, scope } from "../shapes.js";

export const satisfactionRecorded = Contract.of("satisfaction.recorded", "gendan.customers", {
  owner: "customer",
  key: "satisfactionId",
  en: "The customer gave one to five stars.",
  zh: "客户给出了一至五星的评价。",
}).version(
  z.object({
    satisfactionId: personId,
    customerId: personId,
    score: none(z.int().min(1).max(5)),
    recordedOn: day,
    ...about,
    ...scope,
  }),
  {
    satisfactionId: the.satisfaction,
    customerId: the.customer,
    score: 2,
    recordedOn: "2027-02-12",
    orderId: the.order,
    ...the.scope,
  },
);
export type SatisfactionRecorded = DataOf<typeof satisfactionRecorded>;
