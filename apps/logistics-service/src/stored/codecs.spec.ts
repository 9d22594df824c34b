// Every version ever stored is read as today's event. Samples are added to golden/, never changed; where a version was
// lifted, the sample says under `reads` what it is read as.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import type { Codec, Encoded } from "@gendan/eventing";
import { orderDecider } from "../domain/order/order.decider.js";
import { shipmentDecider } from "../domain/shipment/shipment.decider.js";
import { statesOf } from "../domain/shipment/shipment.state.js";
import { orderCodec, shipmentCodec } from "./codecs.js";

interface Sample extends Encoded {
  readonly data: object;
  readonly reads?: object;
}

const samplesOf = (aggregate: string): Sample[] =>
  JSON.parse(readFileSync(new URL(`./golden/${aggregate}.json`, import.meta.url), "utf8")) as Sample[];

const shipments = samplesOf("shipment");
const orders = samplesOf("order");

describe.each([
  ["shipment", shipments, shipmentCodec as Codec<{ readonly type: string }>],
  ["order", orders, orderCodec as Codec<{ readonly type: string }>],
] as const)("%s", (_, samples, codec) => {
  test.each(samples.map((sample) => [`${sample.type} ${sample.version}`, sample] as const))(
    "%s is read",
    (_, sample) => {
      const event = codec.decode(sample);
      expect(event).toEqual({ type: sample.type, ...(sample.reads ?? sample.data) });
      expect(codec.decode(codec.encode(event))).toEqual(event);
    },
  );
  test("an unknown event and a version of the future are not read", () => {
    expect(() => codec.decode({ type: "shipment.vanished", version: 1, data: {} })).toThrow("No reader");
    expect(() => codec.decode({ ...samples[0]!, version: 99 })).toThrow("No reader");
  });
});

test("every event has a sample", () => {
  const source = readFileSync(new URL("./codecs.ts", import.meta.url), "utf8");
  const declared = [...source.matchAll(/^ {2}"([a-z.]+)": \{ version: (\d+)/gm)].map(
    ([, type, version]) => `${type} ${version}`,
  );
  const sampled = new Set([...shipments, ...orders].map(({ type, version }) => `${type} ${version}`));
  expect(declared.length).toBeGreaterThan(10);
  expect(declared.filter((each) => !sampled.has(each))).toEqual([]);
});

test("the samples are stories that fold", () => {
  const shipment = shipments
    .map((sample) => shipmentCodec.decode(sample))
    .reduce(shipmentDecider.evolve, shipmentDecider.initial);
  expect(statesOf(shipment)).toEqual({
    state: "Delivered",
    packages: [
      { packageId: "1", state: "Delivered" },
      { packageId: "2", state: "Cancelled" },
    ],
  });
  const order = orders.map((sample) => orderCodec.decode(sample)).reduce(orderDecider.evolve, orderDecider.initial);
  expect(order).toMatchObject({ known: true, cancelled: true, holds: ["credit", "stock"], dependants: [] });
});
