import { expect, test } from "@jest/globals";
import { nearestOf } from "./nearest.js";

test.each([
  ["cn/esat", "cn/east"],
  ["cn/east", "cn/east"],
  ["Cn/East", "cn/east"],
  ["cn/we", "cn/west"],
  ["de", undefined],
  ["", undefined],
  ["somewhere else", undefined],
])("%j is nearest to %s", (name, nearest) => expect(nearestOf(name, ["cn", "cn/east", "cn/west"])).toBe(nearest));
