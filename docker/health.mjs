// The image's health check: exit code 0 while the process of this container answers. It asks whether the process lives, not
// whether it is ready: with an engine away it still takes commands or serves what is left, and nobody shall replace it.
const [port = "4000"] = process.argv.slice(2);
const patienceMs = 4_000;

const answer = await fetch(`http://127.0.0.1:${port}/health/live`, { signal: AbortSignal.timeout(patienceMs) }).catch(
  () => undefined,
);
process.exit(answer?.ok === true ? 0 : 1);
