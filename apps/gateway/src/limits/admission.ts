// Who may come in: how often each caller and address, and how many requests at once. Programs are a class of their own, so that an
// import neither is slowed down to the pace of people nor takes their room.
import {
  overloadedBy,
  refused,
  texts,
  type Admission,
  type Bearer,
  type GatewayConfig,
  type Text,
} from "@gendan/service-kit";
import { TokenBuckets } from "./token-buckets.js";

export type AdmissionLimits = Pick<
  GatewayConfig,
  | "maxInFlight"
  | "serviceInFlight"
  | "ratePerSubject"
  | "ratePerAddress"
  | "ratePerService"
  | "rateSavedSeconds"
  | "rateRemembered"
  | "serviceRoles"
>;

/** Persons, or service accounts. */
interface Class {
  readonly subjects: TokenBuckets;
  readonly maxInFlight: number;
  inFlight: number;
}

/** `now`: a clock that only goes forward, in milliseconds. */
export function admissionBy(limits: AdmissionLimits, now?: () => number): Admission {
  const bucketsOf = (perSecond: number): TokenBuckets =>
    new TokenBuckets({ perSecond, savedSeconds: limits.rateSavedSeconds, remembered: limits.rateRemembered }, now);
  const addresses = bucketsOf(limits.ratePerAddress);
  const persons: Class = { subjects: bucketsOf(limits.ratePerSubject), maxInFlight: limits.maxInFlight, inFlight: 0 };
  const services: Class = {
    subjects: bucketsOf(limits.ratePerService),
    maxInFlight: limits.serviceInFlight,
    inFlight: 0,
  };
  const classOf = ({ roles = [] }: Bearer): Class =>
    roles.some((role) => limits.serviceRoles.includes(role)) ? services : persons;
  const checkRoom = ({ inFlight, maxInFlight }: Class): void => {
    if (inFlight >= maxInFlight) throw overloadedBy(inFlight);
  };
  const take = (buckets: TokenBuckets, key: string, textOf: (seconds: number) => Text): void => {
    const seconds = Math.ceil(buckets.take(key));
    if (seconds > 0) throw limited(textOf(seconds), seconds);
  };
  return {
    arrive(caller, address) {
      const of = classOf(caller);
      checkRoom(of);
      if (of === persons) take(addresses, address, texts.addressTooOften);
      take(of.subjects, caller.user, (seconds) => texts.callerTooOften(caller.user, seconds));
    },
    unknown(address) {
      take(addresses, address, texts.addressTooOften);
    },
    enter(caller) {
      const of = classOf(caller);
      checkRoom(of);
      of.inFlight += 1;
      return () => void (of.inFlight -= 1);
    },
  };
}

const limited = (text: Text, seconds: number) =>
  refused(429, "RATE_LIMITED", text, {
    extensions: { retryAfterSeconds: seconds },
    headers: { "retry-after": String(seconds) },
  });
