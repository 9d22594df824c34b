// One public event with all its versions: what the relay publishes, and how any version ever published is read.
import type { z } from "zod";

/** The services that publish; a message's `source` says the same. */
export type Owner = "order" | "logistics" | "customer";

/** What is said of a type besides its versions. It holds for all of them. */
export interface About {
  readonly owner: Owner;
  /** The required field that holds the aggregate's id, which is the record's key: what is under one key is in order. */
  readonly key: string;
  /** One sentence: what has happened. */
  readonly en: string;
  readonly zh: string;
  /** Set on a type that another takes the place of: until that day both are published. */
  readonly ends?: { readonly on: string; readonly replacedBy: string };
}

interface Version {
  readonly schema: z.ZodType;
  readonly example: unknown;
  /** Lifts this version's data from the one before. */
  readonly upcast?: (previous: never) => unknown;
}

/** What `message` gives: the neutral form that the relay wraps. */
export interface ContractMessage<Data> {
  readonly type: string;
  readonly topic: string;
  readonly version: number;
  readonly data: Data;
}

/**
 * Type, topic, owner and key never change. Versions are only added, each with an example and its upcast from the one
 * before, and each adds optional fields alone: whatever else changes is a new type (tooling/compatibility.ts).
 */
export class Contract<Data, Type extends string = string> {
  private constructor(
    readonly type: Type,
    readonly topic: string,
    readonly about: About,
    private readonly versions: readonly Version[],
  ) {}

  static of<Type extends string>(type: Type, topic: string, about: About): Contract<never, Type> {
    return new Contract<never, Type>(type, topic, about, []);
  }

  /** The contract with one version more. The example is data of this version as it is published. */
  version<Schema extends z.ZodType>(
    schema: Schema,
    example: z.input<Schema>,
    ...upcast: [Data] extends [never] ? [] : [(previous: Data) => z.input<Schema>]
  ): Contract<z.output<Schema>, Type> {
    const [lift] = upcast as [((previous: never) => unknown)?];
    const added = { schema, example, ...(lift && { upcast: lift }) };
    return new Contract(this.type, this.topic, this.about, [...this.versions, added]);
  }

  /** The newest version's number, counted from 1. */
  get newest(): number {
    return this.versions.length;
  }

  /** The schema of a version, for documents and checks. Throws a RangeError where there is none. */
  schemaOf(version: number): z.ZodType {
    return this.found(version).schema;
  }

  /** The example of a version. Throws a RangeError where there is none. */
  exampleOf(version: number): unknown {
    return this.found(version).example;
  }

  /** What is published: always the newest version. */
  message(data: Data): ContractMessage<Data> {
    return { type: this.type, topic: this.topic, version: this.newest, data };
  }

  /**
   * Parses data with its own version's schema and lifts it to the newest. A version that is newer than this code is read
   * as the newest it knows, without the fields that were added since. Throws a ZodError, or a RangeError below 1.
   */
  read(version: number, data: unknown): Data {
    const known = Math.min(version, this.newest);
    let value: unknown = this.schemaOf(known).parse(data);
    for (const { schema, upcast } of this.versions.slice(known)) value = schema.parse(upcast!(value as never));
    return value as Data;
  }

  private found(version: number): Version {
    const found = this.versions[version - 1];
    if (!found) throw new RangeError(`${this.type} has no version ${version}; the newest is ${this.newest}.`);
    return found;
  }
}

/** The data that a contract's readers get. */
export type DataOf<C> = C extends Contract<infer Data> ? Data : never;
