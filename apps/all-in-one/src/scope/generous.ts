// A gateway that bounds nothing: what is proven here is who sees what, and it is asked often.
import { baseConfig, readConfig } from "@gendan/service-kit";

export const generous = readConfig(baseConfig, {
  GENDAN_QUERY_COST: "10000000",
  GENDAN_QUERY_DEPTH: "30",
  GENDAN_RATE_PER_SUBJECT: "1000000",
  GENDAN_RATE_PER_ADDRESS: "1000000",
  GENDAN_REMEMBERED_QUERIES: "2000",
});
