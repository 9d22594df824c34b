// Specs that a run leaves out unless GENDAN_TEST_FAULTS is set: they take minutes, and are not yet proven to be steady.
export const onDemand = ["/libs/adapters/src/faults/", "/apps/cli/src/import/cluster-olist\\.spec"];
