// The answers in an event stream of a service: what libs/service-kit's event-stream.ts writes, read again.
import type { Readable } from "node:stream";
import type { Answer, Answers } from "@gendan/service-kit";

/** A longer event is none of a service's, in characters. */
const MAX_EVENT_LENGTH = 1_048_576;

/** Ends with `complete`; rejects when the stream breaks off before. `stop` lets go of the connection. */
export function answersIn(body: Readable, stop: () => void): Answers {
  const events = read(body);
  let isOver = false;
  const end = (): void => {
    isOver = true;
    stop();
  };
  body.on("error", () => undefined); // told by the iteration, if anybody takes part in it
  const answers: Answers = {
    async next() {
      if (isOver) return ended;
      try {
        const { done, value } = await events.next();
        if (!done) return { done: false, value };
        end();
        return ended;
      } catch (error) {
        if (isOver) return ended;
        end();
        throw error;
      }
    },
    return() {
      end();
      return Promise.resolve(ended);
    },
    [Symbol.asyncIterator]() {
      return answers;
    },
  };
  return answers;
}

const ended = { done: true, value: undefined } as const;

async function* read(body: Readable): AsyncGenerator<Answer, void> {
  let text = "";
  body.setEncoding("utf8");
  for await (const chunk of body as AsyncIterable<string>) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const lines = text.slice(0, end).split("\n");
      text = text.slice(end + 2);
      if (lines.includes("event: complete")) return;
      const data = lines.find((line) => line.startsWith("data: "));
      if (data !== undefined) yield JSON.parse(data.slice("data: ".length)) as Answer;
    }
    if (text.length > MAX_EVENT_LENGTH) break;
  }
  throw new Error("The stream of events broke off.");
}
