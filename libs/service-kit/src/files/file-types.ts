// The kinds of files that are taken, and what files are kept under: the gateway looks into them, the services go by it.

/** By media type: the endings of names that go with it, the first one of keys. */
export const fileTypes = {
  "application/pdf": ["pdf"],
  "image/png": ["png"],
  "image/jpeg": ["jpg", "jpeg"],
  "image/gif": ["gif"],
  "image/webp": ["webp"],
  "image/tiff": ["tif", "tiff"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["xlsx"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["docx"],
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": ["pptx"],
  "text/csv": ["csv"],
  "text/plain": ["txt", "log", "md"],
  "message/rfc822": ["eml"],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>;

export type FileType = keyof typeof fileTypes;

/** Where the bytes of an order's file are kept: the key says what was found in them. Undefined for a kind that is not taken. */
export function blobKeyOf(file: {
  readonly orderId: string;
  readonly sha256: string;
  readonly mediaType: string;
}): string | undefined {
  const { orderId, sha256, mediaType } = file;
  const endings = Object.hasOwn(fileTypes, mediaType) ? fileTypes[mediaType as FileType] : undefined;
  return endings && /^[\w-]{1,100}$/.test(orderId) ? `${orderId}/${sha256}.${endings[0]}` : undefined;
}

/** A name as people give it to a file, without the folders around it and without what no screen shows. */
export const isFileName = (name: string): boolean =>
  name.length <= 200 && name.trim() !== "" && !/[\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|]/u.test(name) && !/^\.{1,2}$/.test(name);
