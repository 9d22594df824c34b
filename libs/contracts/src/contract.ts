// One public event with all its versions: what the relay publishes, and how any version ever published is read.
import { z } from "zod";

interface Version {
  readonly schema: z.ZodType;
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

/** Type and topic never change; versions are only added, each with its upcast from the one before. */
export class Contract<Data, Type extends string = string> {
  private constructor(
    readonly type: Type,
    readonly topic: string,
    private readonly versions: readonly Version[],
  ) {}

  static of<Type extends string>(type: Type, topic: string): Contract<never, Type> {
    return new Contract<never, Type>(type, topic, []);
  }

  version<Schema extends z.ZodType>(
    schema: Schema,
    ...upcast: [Data] extends [never] ? [] : [(previous: Data) => z.input<Schema>]
  ): Contract<z.output<Schema>, Type> {
    const [lift] = upcast as [((previous: never) => unknown)?];
    return new Contract(this.type, this.topic, [...this.versions, lift ? { schema, upcast: lift } : { schema }]);
  }

  /** The newest version's number, counted from 1. */
  get newest(): number {
    return this.versions.length;
  }

  /** The schema of a version, for documents and checks. Throws a RangeError where there is none. */
  schemaOf(version: number): z.ZodType {
    const found = this.versions[version - 1];
    if (!found) throw new RangeError(`${this.type} has no version ${version}; the newest is ${this.newest}.`);
    return found.schema;
  }

  /** What is published: always the newest version. */
  message(data: Data): ContractMessage<Data> {
    return { type: this.type, topic: this.topic, version: this.newest, data };
  }

  /** Parses data with its own version's schema and lifts it to the newest. Throws a ZodError or a RangeError. */
  read(version: number, data: unknown): Data {
    let value: unknown = this.schemaOf(version).parse(data);
    for (const { schema, upcast } of this.versions.slice(version)) value = schema.parse(upcast!(value as never));
    return value as Data;
  }
}

/** The data that a contract's readers get. */
export type DataOf<C> = C extends Contract<infer Data> ? Data : never;
