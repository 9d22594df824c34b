// A mail becomes the input of receiveOrder: what is known of it besides goes before what it says.
import { createHash } from "node:crypto";
import { DryRun, newId, type Envelope, type Outcome } from "@gendan/eventing";
import { envelopeOf, unlessErased } from "@gendan/security";
import { parseInput, type UserError } from "@gendan/service-kit";
import type { z } from "zod";
import type { OrderRefusal } from "../../domain/order/order.refusals.js";
import type { OrderState } from "../../domain/order/order.state.js";
import type { Context } from "../carry-out.js";
import type { Desk } from "../desk.js";
import type { mailInput } from "../intake.inputs.js";
import { receiveOrder } from "../order-content.js";
import { receiveOrderInput } from "../order.inputs.js";
import { tellOfOrder } from "../order.messages.js";
import { mailOrder } from "./mail-order.js";
import { readMail, type Mail, type MailUnreadable } from "./read-mail.js";

type GivenMail = z.output<typeof mailInput>;
type Received = Outcome<OrderState, OrderRefusal | MailUnreadable>;

/** Receives the order of a mail as any other one. */
export async function receiveMail(
  desk: Desk,
  { caller }: Pick<Context, "caller">,
  given: GivenMail,
  envelope: Envelope,
): Promise<Received> {
  const mail = await readMail(given.message);
  if ("code" in mail) return { status: "refused", id: "", refusals: [mail] };
  const { commandId } = envelope;
  const input = parseInput(receiveOrderInput, { commandId, ...orderOf(given, mail).order });
  const { text, sha256, bytes } = mail;
  return receiveOrder(
    desk,
    caller,
    { ...input, original: { mediaType: "message/rfc822", text, sha256, bytes } },
    envelope,
  );
}

function orderOf({ message: _, ...known }: GivenMail, mail: Mail) {
  const { order, taken } = mailOrder(mail, known.currency);
  return { order: { channel: "MAIL", ...order, ...known }, taken };
}

export interface Proposal extends Pick<Mail, "from" | "subject" | "sentAt"> {
  readonly order: object | null;
  readonly attachments: readonly object[];
  readonly faults: readonly UserError[];
}

/** What would become of the mail: received in a dry run, and nothing kept. */
export async function proposalOf(desk: Desk, context: Context, given: GivenMail): Promise<Proposal> {
  const envelope = envelopeOf(context, { commandId: newId() }, "decision") as Envelope;
  const outcome = await new DryRun().during(() => unlessErased(() => receiveMail(desk, context, given, envelope)));
  const { userErrors: faults } = tellOfOrder(outcome, context);
  const mail = await readMail(given.message);
  if ("code" in mail) return { order: null, attachments: [], faults };
  const { order, taken } = orderOf(given, mail);
  const { text: _, attachments, sha256: __, bytes: ___, messageId: ____, ...head } = mail;
  return {
    ...head,
    order,
    attachments: attachments.map(({ name, mediaType, content }) => ({
      name,
      mediaType,
      bytes: content.length,
      sha256: createHash("sha256").update(content).digest("hex"),
      taken: taken.includes(name),
    })),
    faults,
  };
}
