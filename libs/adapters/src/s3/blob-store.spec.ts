// The blob store on S3: the port's suite against a local server that checks signatures, and what a wrong setting says.
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { newId } from "@gendan/eventing";
import { blobStoreSuite } from "@gendan/testing/suites/blob-store.suite";
import { reopenable } from "@gendan/testing/suites/opened";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { S3BlobStore, type S3Settings } from "./blob-store.js";

/** In a thread of its own: what it takes for an error of the file system is none of the test environment's. */
const server = new Worker(
  `const { parentPort, workerData } = require("node:worker_threads");
   const S3rver = require(workerData.module);
   new S3rver(workerData.options).run().then(({ port }) => parentPort.postMessage(port));`,
  {
    eval: true,
    workerData: {
      module: createRequire(import.meta.url).resolve("@20minutes/s3rver"),
      options: {
        ...{ port: 0, address: "127.0.0.1", silent: true, directory: temporaryDirectory() },
        configureBuckets: [{ name: "gendan" }],
      },
    },
  },
);
let settings: S3Settings;
beforeAll(async () => {
  const [port] = (await once(server, "message")) as [number];
  settings = {
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    bucket: "gendan",
    accessKeyId: "S3RVER",
    secretAccessKey: "S3RVER",
  };
});
afterAll(() => server.terminate());

blobStoreSuite(() => {
  const prefix = `${newId()}/`; // fresh data, in the one bucket
  return reopenable(() => S3BlobStore.open({ ...settings, prefix }));
});

/** The local server cannot cut a list into pages, so two pages are told as Amazon writes them. */
it("reads a list over its pages", async () => {
  const file = (key: string) =>
    `<Contents><Key>p/${key}</Key><LastModified>2026-11-26T10:00:00.000Z</LastModified><Size>7</Size></Contents>`;
  const pages: Readonly<Record<string, string>> = {
    "": `${file("o/a.pdf")}${file(".hidden")}<IsTruncated>true</IsTruncated><NextContinuationToken>a+b/=</NextContinuationToken>`,
    "a+b/=": `${file("o/b.pdf")}<IsTruncated>false</IsTruncated>`,
  };
  const double = createServer(({ url = "" }, response) => {
    const { searchParams } = new URL(url, "http://s3");
    const page = pages[searchParams.get("continuation-token") ?? ""];
    response.end(`<?xml version="1.0"?><ListBucketResult><Prefix>p/</Prefix>${page}</ListBucketResult>`);
  });
  await new Promise<void>((resolve) => double.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(double.address() as AddressInfo).port}`;
  const store = await S3BlobStore.open({ ...settings, endpoint, prefix: "p/" });
  const found: object[] = [];
  for await (const each of store.list()) found.push(each);
  const storedAt = Date.parse("2026-11-26T10:00:00.000Z");
  expect(found).toEqual([
    { key: "o/a.pdf", size: 7, storedAt },
    { key: "o/b.pdf", size: 7, storedAt },
  ]);
  await store.close();
  await new Promise((resolve) => double.close(resolve));
});

it.each<[string, Partial<S3Settings>]>([
  ["a wrong secret", { secretAccessKey: "wrong" }],
  ["a bucket that is not there", { bucket: "nowhere" }],
])("%s is a wrong configuration", async (_, wrong) => {
  await expect(S3BlobStore.open({ ...settings, ...wrong })).rejects.toMatchObject({ code: "CONFIGURATION" });
});

it("a server that is away or not well is said to be so", async () => {
  let asked = 0;
  const unwell = createServer((_, response) => {
    asked += 1;
    response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => unwell.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(unwell.address() as AddressInfo).port}`;
  await expect(S3BlobStore.open({ ...settings, endpoint })).rejects.toMatchObject({ code: "CONFIGURATION" });
  expect(asked).toBe(3);
  await new Promise((resolve) => unwell.close(resolve));
  await expect(S3BlobStore.open({ ...settings, endpoint })).rejects.toMatchObject({ code: "BLOB_STORE_UNAVAILABLE" });
});
