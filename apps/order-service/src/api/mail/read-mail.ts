// A mail as it was sent (RFC 5322), taken apart. What comes in is hostile: everything about it is bounded.
import { createHash } from "node:crypto";
import PostalMime from "postal-mime";

export interface Mail {
  readonly from?: string;
  readonly subject?: string;
  readonly messageId?: string;
  readonly sentAt?: string;
  /** Its plain text; "" where it has none. */
  readonly text: string;
  readonly attachments: readonly MailAttachment[];
  readonly sha256: string;
  readonly bytes: number;
}

export interface MailAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}

/** The message as it was sent, in bytes: what fits into a request. */
const MAX_MAIL_BYTES = 750_000;
const MAX_ATTACHMENTS = 20;
const MAX_TEXT = 100_000;
const SHORT = 200;
const BOUNDS = { maxNestingDepth: 10, maxHeadersSize: 64 * 1_024, maxRfc822NestingDepth: 0 };

export interface MailUnreadable {
  readonly code: "MAIL_UNREADABLE";
  readonly field: "message";
  readonly reason: "NOT_BASE64" | "TOO_LARGE" | "NOT_A_MAIL" | "TOO_DEEP" | "TOO_MANY_ATTACHMENTS";
}

const unreadable = (reason: MailUnreadable["reason"]): MailUnreadable => ({
  code: "MAIL_UNREADABLE",
  field: "message",
  reason,
});

/** The mail of a base64 text, or why it is none that is taken. */
export async function readMail(message: string): Promise<Mail | MailUnreadable> {
  const written = message.replace(/[\r\n]/g, "");
  if (written.length > (MAX_MAIL_BYTES * 4) / 3) return unreadable("TOO_LARGE");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(written)) return unreadable("NOT_BASE64");
  const bytes = Buffer.from(written, "base64");
  const parsed = await PostalMime.parse(bytes, BOUNDS).catch(() => undefined);
  if (!parsed) return unreadable("TOO_DEEP");
  if (parsed.headers.length === 0 || !parsed.from) return unreadable("NOT_A_MAIL");
  if (parsed.attachments.length > MAX_ATTACHMENTS) return unreadable("TOO_MANY_ATTACHMENTS");
  return {
    ...(parsed.from.address === undefined ? {} : { from: parsed.from.address.slice(0, SHORT) }),
    ...(parsed.subject === undefined ? {} : { subject: parsed.subject.slice(0, SHORT) }),
    ...(parsed.messageId === undefined ? {} : { messageId: parsed.messageId.slice(0, SHORT) }),
    ...(parsed.date === undefined || Number.isNaN(Date.parse(parsed.date)) ? {} : { sentAt: parsed.date }),
    text: (parsed.text ?? "").slice(0, MAX_TEXT),
    attachments: parsed.attachments.map(({ filename, mimeType, content }) => ({
      name: (filename ?? "").slice(0, SHORT),
      mediaType: mimeType,
      content: typeof content === "string" ? Buffer.from(content) : new Uint8Array(content),
    })),
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.length,
  };
}
