// Papers are set in a thread of their own: it takes long enough that others would notice.
import { parentPort } from "node:worker_threads";
import type { Paper } from "./paper.js";
import { renderPaper } from "./render.js";

export interface PrintJob {
  readonly id: number;
  readonly paper: Paper;
}

export type PrintDone = { readonly id: number } & ({ readonly bytes: Uint8Array } | { readonly fault: string });

parentPort?.on("message", ({ id, paper }: PrintJob) => {
  renderPaper(paper).then(
    (bytes) => parentPort!.postMessage({ id, bytes } satisfies PrintDone),
    (error: unknown) => parentPort!.postMessage({ id, fault: String((error as Error).stack) } satisfies PrintDone),
  );
});
