// The golden samples, as the specs of stored/ and relay/ read them.
import { readFileSync } from "node:fs";
import type { Codec, Encoded } from "@gendan/eventing";
import * as codecs from "./codecs.js";

export interface Sample extends Encoded {
  readonly aggregate: string;
  readonly data: object;
  /** What a lifted version is read as; absent: as it was stored. */
  readonly reads?: object;
}

/** Every event as it was ever stored. Samples are added, never changed. */
export const samples = JSON.parse(
  readFileSync(new URL("./golden/v1.json", import.meta.url), "utf8"),
) as readonly Sample[];

export const codecOfAggregate: Readonly<Record<string, Codec<{ readonly type: string }>>> = {
  customer: codecs.customerCodec as Codec<{ readonly type: string }>,
  contact: codecs.contactCodec as Codec<{ readonly type: string }>,
  interaction: codecs.interactionCodec as Codec<{ readonly type: string }>,
  satisfaction: codecs.satisfactionCodec as Codec<{ readonly type: string }>,
  case: codecs.caseCodec as Codec<{ readonly type: string }>,
  issue: codecs.issueCodec as Codec<{ readonly type: string }>,
  slot: codecs.slotCodec as Codec<{ readonly type: string }>,
  order: codecs.orderCodec as Codec<{ readonly type: string }>,
  fields: codecs.fieldsCodec as Codec<{ readonly type: string }>,
};
