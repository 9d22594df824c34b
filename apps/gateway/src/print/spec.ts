// Reads printed papers: the text of each page.
import { extractText, getDocumentProxy } from "unpdf";

export async function pagesOf(pdf: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: false });
  return text;
}
