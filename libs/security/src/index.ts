// Who asks, what they may do and see, and personal values under their persons' keys.
export * from "./audit/audit-stream.js";
export * from "./audit/entry.js";
export * from "./audit/heads.js";
export * from "./caller.js";
export * from "./envelope.js";
export * from "./export.js";
export * from "./identity.js";
export * from "./identity-provider.js";
export * from "./issuer.js";
export * from "./name-tag.js";
export * from "./own-tokens.js";
export * from "./policy/policy-file.js";
export * from "./policy/policy.js";
export * from "./policy/read-policy.js";
export * from "./sealing.js";
export * from "./signing-key.js";
export * from "./tokens.js";
