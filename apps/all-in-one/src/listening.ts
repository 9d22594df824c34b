// Listening, and why it cannot be done, as a line for a person.
import { Fault } from "@gendan/eventing";

/** Listens; gives the base URL. Throws PORT_IN_USE with the way out. */
export async function listening(
  listen: () => Promise<string>,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<string> {
  try {
    return await listen();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") {
      const message = `Port ${port} of ${host} is in use: stop the program that has it, or give another one with --port (0: any free one).`;
      throw new Fault("PORT_IN_USE", message, {}, { cause });
    }
    if (code === "EACCES") {
      const message = `Port ${port} of ${host} may not be used: give one above 1023 with --port.`;
      throw new Fault("PORT_IN_USE", message, {}, { cause });
    }
    throw cause;
  }
}
