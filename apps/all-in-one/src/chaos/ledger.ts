// What the clients know, kept outside of the process that is killed: every command sent, and what was answered to it.

/** A command that a client has chosen to send, however often it takes. */
export interface SentCommand {
  readonly commandId: string;
  /** The mutation, such as receiveOrder. */
  readonly mutation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Where its events must be: order.order-<id>. */
  readonly stream: string;
  readonly user: string;
  /** How often it was sent. */
  attempts: number;
  /** The revision that the server has acknowledged. */
  revision?: number;
  /** The codes that the server has refused it with. */
  refused?: readonly string[];
}

export type Outcome = "delivered" | "lost";

/** An order that a client carries through, and all that must come of it. */
export interface Journey {
  readonly orderId: string;
  readonly customerId: string;
  readonly shipmentId: string;
  readonly receiptId: string;
  readonly caseId: string;
  readonly currency: string;
  readonly lines: readonly { readonly quantity: number; readonly unitPrice: number }[];
  readonly freight: number;
  readonly outcome: Outcome;
  done: boolean;
}

export interface Ledger {
  readonly commands: Map<string, SentCommand>;
  readonly journeys: Journey[];
  /** The names of the customers, by their id. */
  readonly customers: Map<string, string>;
  /** Everything that a client was told and must never be told. */
  readonly violations: string[];
  /** Told of each acknowledgement. */
  acknowledged: () => void;
}

export const emptyLedger = (): Ledger => ({
  commands: new Map(),
  journeys: [],
  customers: new Map(),
  violations: [],
  acknowledged: () => undefined,
});

/** In minor units, without freight. */
export const amountOf = ({ lines }: Journey): number =>
  lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);

export const totalOf = (journey: Journey): number => amountOf(journey) + journey.freight;

/** Every command that was acknowledged as carried out. */
export const acknowledgedIn = ({ commands }: Ledger): (SentCommand & { readonly revision: number })[] =>
  [...commands.values()].filter(
    (command): command is SentCommand & { readonly revision: number } => command.revision !== undefined,
  );
