// Attachments of orders: filed once their bytes are there, removed, asked for.
import { derivedId, type Documents, type Envelope, type StoredDocument } from "@gendan/eventing";
import { blobKeyOf, commandId, isFileName, type Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Query, ResolveField, ResolveReference, Resolver } from "@nestjs/graphql";
import DataLoader from "dataloader";
import { z } from "zod";
import type { AttachmentDocument, AttachmentVersion } from "../read/attachments.projection.js";
import { tellOfAttachment as tell } from "./attachments.messages.js";
import { carryOut, type Context } from "./carry-out.js";
import { Desk } from "./desk.js";
import { meant } from "./order.inputs.js";
import { MOST_OF_KEY } from "./shelf.js";
import { actorName } from "./words.js";

const attachFileInput = z.object({
  ...meant,
  commandId,
  orderId: z.string(),
  attachmentId: z.string().exactOptional(),
  name: z.string().refine(isFileName, "must be the name of a file, of at most 200 characters"),
  mediaType: z.string(),
  size: z.int().min(1),
  sha256: z.string().regex(/^[\da-f]{64}$/, "must be a SHA-256, as 64 hexadecimal digits"),
});
const removeAttachmentInput = z.object({ ...meant, commandId, attachmentId: z.string() });

type AttachmentRow = StoredDocument<AttachmentDocument>;

@Resolver("Order")
export class AttachmentsResolver {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  attachFile(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const act = (given: z.output<typeof attachFileInput>, envelope: Envelope) => {
      const { commandId: ofCommand, orderId, attachmentId, name, mediaType, size, sha256 } = given;
      const { orderCommands, attachmentCommands, service } = this.desk.parts;
      const id = attachmentId ?? derivedId("order.attachment", ofCommand);
      const blob = blobKeyOf({ orderId, sha256, mediaType });
      const command = async () => {
        const customerId = (await orderCommands.load(orderId, context.caller.tokens))?.state.customerId;
        const found =
          blob === undefined || customerId === undefined ? undefined : await service.engines.blobs?.find(blob);
        const subject = customerId ?? ""; // without an order it is refused, and nothing is kept
        const sealed = customerId === undefined ? UNSEALED : (await this.desk.seal(subject, { name })).name!;
        return {
          type: "AttachFile",
          again: attachmentId !== undefined,
          orderId,
          ...(customerId === undefined ? {} : { customerId }),
          file: { name: sealed, mediaType, size, sha256, blob: blob ?? "" },
          stored: found?.size === size,
        } as const;
      };
      return attachmentCommands.handle(id, command, {
        ...envelope,
        body: { type: "AttachFile", orderId, mediaType, size, sha256 },
      });
    };
    return carryOut(context, input, { kind: "decision", schema: attachFileInput, act, tell });
  }

  @Mutation()
  removeAttachment(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const act = ({ attachmentId }: z.output<typeof removeAttachmentInput>, envelope: Envelope) => {
      const { orderCommands, attachmentCommands } = this.desk.parts;
      const command = async () => {
        const orderId = (await attachmentCommands.load(attachmentId))?.state.orderId;
        const order = orderId === undefined ? undefined : await orderCommands.load(orderId, context.caller.tokens);
        return { type: "RemoveAttachment", seen: order !== undefined } as const;
      };
      return attachmentCommands.handle(attachmentId, command, { ...envelope, body: { type: "RemoveAttachment" } });
    };
    return carryOut(context, input, { kind: "decision", schema: removeAttachmentInput, act, tell });
  }

  @Query()
  attachment(@Args("id") id: string, @Ctx() context: Context): Promise<object | null> {
    return seenAttachment(this.desk, id, context);
  }

  @ResolveField()
  async attachments({ id }: { readonly id: string }, _: unknown, context: Context): Promise<readonly object[]> {
    return (await context.loader(this.byOrder).load(id)).map(attachmentNode);
  }

  private get documents(): Documents {
    return this.desk.parts.attachmentDocuments;
  }

  private readonly byOrder = (): DataLoader<string, readonly AttachmentRow[]> =>
    new DataLoader(
      async (ids) => {
        const found = await this.documents.byKey<AttachmentDocument>("attachments", "order", ids, MOST_OF_KEY);
        return ids.map((id) => found.get(id) ?? []);
      },
      { cache: false },
    );
}

@Resolver("Attachment")
export class AttachmentReference {
  constructor(private readonly desk: Desk) {}

  @ResolveReference()
  reference({ id }: { readonly id: string }, context: Context): Promise<object | null> {
    return seenAttachment(this.desk, id, context);
  }
}

/** Of an order that the caller sees: whoever does not see it finds no attachment either. */
async function seenAttachment(desk: Desk, id: string, context: Context): Promise<object | null> {
  const row = (await desk.parts.attachmentDocuments.getMany<AttachmentDocument>("attachments", [id])).get(id);
  return row && (await desk.orders.get(row.doc.orderId, context)) ? attachmentNode(row) : null;
}

/** What a refused command has in the place of a name. */
const UNSEALED = { subject: "", keyVersion: 0, ciphertext: "", mac: "" };

/** Payloads of attachments, at the command's revision or later. Throws READ_BEHIND after a bounded wait. */
@Resolver("AttachFilePayload")
export class AttachFilePayload {
  constructor(private readonly desk: Desk) {}

  @ResolveField()
  attachment(payload: Payload): Promise<object | null> {
    return attachmentOf(this.desk, payload);
  }
}

@Resolver("RemoveAttachmentPayload")
export class RemoveAttachmentPayload {
  constructor(private readonly desk: Desk) {}

  @ResolveField()
  attachment(payload: Payload): Promise<object | null> {
    return attachmentOf(this.desk, payload);
  }
}

async function attachmentOf(desk: Desk, { id, revision }: Payload): Promise<object | null> {
  if (id === null || revision === null) return null;
  const row = await desk.parts.attachmentDocuments.at<AttachmentDocument>("attachments", id, Number(revision));
  return row ? attachmentNode(row) : null;
}

function attachmentNode({ id, sequence, doc }: AttachmentRow): object {
  const { orderId, versions, removed } = doc;
  return {
    id,
    revision: String(sequence),
    orderId,
    versions: versions.map((each: AttachmentVersion) => ({ ...each, filedBy: actorName(each.filedBy) })),
    removedAt: removed?.at ?? null,
    removedBy: removed ? actorName(removed.by) : null,
  };
}
