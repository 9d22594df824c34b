// The specs that take minutes come first, so that none of them runs on alone at the end. A fresh checkout has no times yet.
import { default as Sequencer } from "@jest/test-sequencer";

/** Longest first. */
const LONG = [
  "cluster-olist.spec",
  "faults/kills.spec",
  "faults/several.spec",
  "import/olist.spec",
  "faults/servers.spec",
  "adapters/src/instances.spec",
  "kafka/event-bus-faults.spec",
  "all-in-one/src/store-calls.spec",
  "import/flat.spec",
  "scope/scope.spec",
];

const rank = ({ path }) => {
  const place = LONG.findIndex((part) => path.includes(part));
  return place < 0 ? LONG.length : place;
};

export default class extends (Sequencer.default ?? Sequencer) {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
}
