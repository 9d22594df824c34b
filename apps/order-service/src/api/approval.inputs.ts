// The inputs of approvals beyond what GraphQL's types say.
import { z } from "zod";
import { meant, note, ofOrder, reason, text, written } from "./order.inputs.js";

const subject = written(200).default("order");
const ofSubject = { ...ofOrder, subject, note };

export const submitForApprovalInput = z.object(ofSubject);
export const approveOrderInput = z.object({ ...ofSubject, onBehalfOf: text });
export const rejectOrderInput = z.object({ ...ofSubject, onBehalfOf: text, reason });
export const withdrawApprovalInput = z.object(ofSubject);
export const commentApprovalInput = z.object({ ...ofOrder, subject, note: written(10_000) });
export const reviseOrderInput = z.object({ ...ofOrder, note });

export const delegateApprovalsInput = z.object({ ...meant, to: z.string(), from: text, until: z.string() });
export const revokeDelegationInput = z.object({ ...meant, to: z.string() });
