import "reflect-metadata";
import { expect, test } from "@jest/globals";
import { Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { BackgroundStrategy } from "./background-strategy.js";

@Module({})
class Nothing {}

/** Work that writes down when it begins and ends. */
const workOf = (happened: string[]) => (name: string) => () => {
  happened.push(`${name} begins`);
  return { stop: () => Promise.resolve(void happened.push(`${name} ends`)) };
};

test("work begins in order when Nest listens and ends in reverse when it closes", async () => {
  const happened: string[] = [];
  const work = workOf(happened);
  const strategy = new BackgroundStrategy([work("relay"), work("reactions")]);
  const app = await NestFactory.createMicroservice(Nothing, { strategy, logger: false });
  expect(happened).toEqual([]);
  await app.listen();
  expect(happened).toEqual(["relay begins", "reactions begins"]);
  await app.close();
  expect(happened).toEqual(["relay begins", "reactions begins", "reactions ends", "relay ends"]);
});

test("when one cannot begin, what began ends and Nest is told", async () => {
  const happened: string[] = [];
  const strategy = new BackgroundStrategy([workOf(happened)("relay"), () => Promise.reject(new Error("no lease"))]);
  const app = await NestFactory.createMicroservice(Nothing, { strategy, logger: false });
  await expect(app.listen()).rejects.toThrow("no lease");
  expect(happened).toEqual(["relay begins", "relay ends"]);
  await app.close();
});
