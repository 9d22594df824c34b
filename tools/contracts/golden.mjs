// The golden samples of a version: its example as the relay would publish it now, once plain and once with all it can carry.
import { uuidFrom } from "@gendan/eventing";
import { toRecord } from "@gendan/adapters/kafka/records";

/** What is kept of a version at its release. */
export function goldenOf(contract, version) {
  const { type, topic, about } = contract;
  const data = contract.exampleOf(version);
  const plain = {
    id: uuidFrom("golden", type, String(version)),
    type,
    version,
    topic,
    key: data[about.key],
    sequence: 16,
    source: about.owner,
    occurredAt: "2026-11-23T10:00:00.000Z",
    recordedAt: "2026-11-23T10:00:01.250Z",
    actor: { kind: "person", id: "li" },
    data,
  };
  const full = {
    ...plain,
    id: uuidFrom("golden", type, String(version), "full"),
    sequence: 33,
    claimedAt: "2027-01-01T00:00:00.000Z",
    historical: true,
    causedBy: plain.id,
    correlation: "request-7",
    traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    actor: { kind: "ruleSet", id: "import", version: "1", onBehalfOf: "wang" },
  };
  return { topic, records: [plain, full].map(wireOf) };
}

function wireOf(message) {
  const { key, value, headers, timestamp } = toRecord(message);
  return { key, headers, value: value.toString(), timestamp };
}
