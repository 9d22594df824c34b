// Reads printed papers: the text of each page.
import { extractText, getDocumentProxy } from "unpdf";

export async function pagesOf(pdf: Uint8Array): Promise<string[]> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  try {
    return (await extractText(document, { mergePages: false })).text;
  } finally {
    await document.loadingTask.destroy(); // else it keeps the process
  }
}
