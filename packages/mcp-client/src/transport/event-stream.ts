/** Server-sent events: their data, and the id from which a stream can be taken up again. */

import { MAX_MESSAGE_BYTES, MessageTooLong } from "./transport.js";

/** An event of a stream. */
export interface ServerSentEvent {
  data: string;
  /** null: it has none. */
  id: string | null;
}

/** The events of a body, as they arrive. @throws {MessageTooLong} and what the network says */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  const parser = new EventParser();
  for await (const chunk of body) yield* parser.push(decoder.decode(chunk, { stream: true }));
}

/** Cuts text into events; any cut into chunks gives the same ones. */
export class EventParser {
  #rest = "";
  #data: string[] = [];
  #id: string | null = null;
  #size = 0;

  /** @throws {MessageTooLong} */
  *push(text: string): Generator<ServerSentEvent> {
    this.#size += text.length;
    if (this.#size > MAX_MESSAGE_BYTES) throw new MessageTooLong();
    // A CR at the end may be half of a line end.
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line !== "") this.#field(line);
      else if (this.#data.length > 0) {
        yield { data: this.#data.join("\n"), id: this.#id };
        this.#data = [];
        this.#size = this.#rest.length;
      }
    }
  }

  #field(line: string): void {
    const colon = line.indexOf(":");
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") this.#data.push(value);
    else if (name === "id" && !value.includes("\0")) this.#id = value;
  }
}
