// The blob store on anything that speaks S3: one bucket that is there already, addressed by its path, requests signed (SigV4).
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { AwsV4Signer } from "aws4fetch";
import { SaxesParser } from "saxes";
import { Agent, request, type Dispatcher } from "undici";
import { Fault, isBlobKey, type BlobInfo, type BlobSource, type BlobStore } from "@gendan/eventing";
import { checkedBytes, checkedKey, differs } from "../blobs/checked.js";

export interface S3Settings {
  /** http://host:9000, https://s3.eu-central-1.amazonaws.com */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Before every key, where a bucket is shared. */
  readonly prefix?: string;
}

type Answer = Dispatcher.ResponseData;
/** The body is made anew for each attempt. */
interface Asked {
  readonly method: "GET" | "HEAD" | "PUT" | "DELETE";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: () => AsyncIterable<Uint8Array> | undefined;
}

const CONNECT_MS = 5_000;
const ANSWER_MS = 30_000;
const ATTEMPTS = 3;
const PAUSE_MS = 200;
const EMPTY_SHA256 = createHash("sha256").digest("hex");

export class S3BlobStore implements BlobStore {
  private readonly agent = new Agent({
    connect: { timeout: CONNECT_MS },
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
  });

  private constructor(private readonly settings: S3Settings) {}

  /** Looks whether the bucket is there and is ours. Throws CONFIGURATION, BLOB_STORE_UNAVAILABLE. */
  static async open(settings: S3Settings): Promise<S3BlobStore> {
    const store = new S3BlobStore(settings);
    try {
      const { statusCode } = await store.answered({ method: "HEAD", path: "" });
      if (statusCode === 200) return store;
      const message = `The bucket ${settings.bucket} at ${settings.endpoint} cannot be used: it answers ${statusCode}.`;
      throw new Fault("CONFIGURATION", message, { status: statusCode });
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  async put(key: string, source: BlobSource): Promise<void> {
    const path = this.pathOf(key);
    const { size, sha256 } = source;
    if (size === 0 && sha256 !== EMPTY_SHA256) throw differs();
    const { statusCode } = await this.answered({
      method: "PUT",
      path,
      headers: { "x-amz-content-sha256": sha256, "content-length": String(size) },
      body: () => (size === 0 ? undefined : checkedBytes(source)),
    });
    if (statusCode !== 200) throw this.unavailable(`it answers ${statusCode} to a file`);
  }

  async find(key: string): Promise<BlobInfo | undefined> {
    const { statusCode, headers } = await this.answered({ method: "HEAD", path: this.pathOf(key) });
    if (statusCode === 404) return undefined;
    if (statusCode !== 200) throw this.unavailable(`it answers ${statusCode}`);
    return { size: Number(headers["content-length"]), storedAt: Date.parse(String(headers["last-modified"])) };
  }

  async open(key: string): ReturnType<BlobStore["open"]> {
    const answer = await this.asked({ method: "GET", path: this.pathOf(key) });
    const { statusCode, headers, body } = answer;
    if (statusCode === 200)
      return { size: Number(headers["content-length"]), bytes: body as AsyncIterable<Uint8Array> };
    await body.dump();
    if (statusCode === 404) return undefined;
    throw this.unavailable(`it answers ${statusCode}`);
  }

  async delete(key: string): Promise<void> {
    const { statusCode } = await this.answered({ method: "DELETE", path: this.pathOf(key) });
    if (![200, 204, 404].includes(statusCode)) throw this.unavailable(`it answers ${statusCode}`);
  }

  async *list(): AsyncGenerator<BlobInfo & { readonly key: string }> {
    const prefix = this.settings.prefix ?? "";
    let token: string | undefined;
    do {
      const query = new URLSearchParams({ "list-type": "2", prefix });
      if (token !== undefined) query.set("continuation-token", token);
      const { statusCode, text } = await this.answered({ method: "GET", path: `?${query.toString()}` });
      if (statusCode !== 200) throw this.unavailable(`it answers ${statusCode} to a list`);
      const page = pageIn(text);
      for (const { key, ...info } of page.files) {
        const own = key.slice(prefix.length);
        if (isBlobKey(own)) yield { key: own, ...info };
      }
      token = page.next;
    } while (token !== undefined);
  }

  close(): Promise<void> {
    return this.agent.close();
  }

  private pathOf(key: string): string {
    return `/${this.settings.prefix ?? ""}${checkedKey(key)}`;
  }

  /** An answer whose body is read to its end. */
  private async answered(asked: Asked): Promise<Pick<Answer, "statusCode" | "headers"> & { readonly text: string }> {
    const { statusCode, headers, body } = await this.asked(asked);
    return { statusCode, headers, text: await body.text() };
  }

  /** Asks again where the server was not there or not well. */
  private async asked(asked: Asked): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await this.send(asked);
        if (answer.statusCode < 500 || attempt === ATTEMPTS) return answer;
        await answer.body.dump();
      } catch (error) {
        if (error instanceof Fault) throw error;
        if (attempt === ATTEMPTS) throw this.unavailable((error as Error).message, error);
      }
      await pause(PAUSE_MS * 2 ** attempt);
    }
  }

  private async send({ method, path, headers = {}, body }: Asked): Promise<Answer> {
    const { endpoint, bucket, region, accessKeyId, secretAccessKey } = this.settings;
    const signer = new AwsV4Signer({
      method,
      url: `${endpoint.replace(/\/$/, "")}/${bucket}${path}`,
      headers: { "x-amz-content-sha256": EMPTY_SHA256, ...headers },
      service: "s3",
      region,
      accessKeyId,
      secretAccessKey,
    });
    const signed = await signer.sign();
    const sent = body?.();
    return request(signed.url, {
      method,
      headers: Object.fromEntries(signed.headers),
      dispatcher: this.agent,
      ...(sent ? { body: Readable.from(sent, { objectMode: false }) } : {}),
    });
  }

  private unavailable(why: string, cause?: unknown): Fault {
    const message = `The bucket ${this.settings.bucket} at ${this.settings.endpoint} cannot be used: ${why}.`;
    return new Fault("BLOB_STORE_UNAVAILABLE", message, {}, { cause });
  }
}

interface Page {
  readonly files: readonly (BlobInfo & { readonly key: string })[];
  readonly next: string | undefined;
}

/** What a ListBucketResult says. */
function pageIn(xml: string): Page {
  const files: (BlobInfo & { readonly key: string })[] = [];
  let next: string | undefined;
  let text = "";
  let file: Record<string, string> = {};
  const parser = new SaxesParser({ xmlns: false });
  parser.on("opentag", ({ name }) => {
    text = "";
    if (name === "Contents") file = {};
  });
  parser.on("text", (part) => void (text += part));
  parser.on("closetag", ({ name }) => {
    if (name === "NextContinuationToken") next = text;
    else if (name === "Contents") {
      files.push({
        key: file["Key"] ?? "",
        size: Number(file["Size"]),
        storedAt: Date.parse(file["LastModified"] ?? ""),
      });
    } else file[name] = text;
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
  return { files, next };
}
