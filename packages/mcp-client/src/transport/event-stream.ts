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

/** Cuts text into events; any cut into chunks gives the same ones, and each character is looked at once. */
export class EventParser {
  /** Pieces of a line that has not ended yet. */
  #partial: string[] = [];
  #data: string[] = [];
  #id: string | null = null;
  /** Characters of the event that has not ended yet. */
  #size = 0;
  #afterCarriageReturn = false;

  /** @throws {MessageTooLong} */
  *push(chunk: string): Generator<ServerSentEvent> {
    const text = this.#normalise(chunk);
    let from = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", from)) {
      this.#keep(text.slice(from, end));
      from = end + 1;
      const line = this.#partial.join("");
      this.#partial = [];
      if (line !== "") {
        this.#field(line);
        continue;
      }
      this.#size = 0;
      if (this.#data.length === 0) continue;
      const data = this.#data.join("\n");
      this.#data = [];
      yield { data, id: this.#id };
    }
    this.#keep(text.slice(from));
  }

  #keep(part: string): void {
    if (part === "") return;
    this.#size += part.length;
    if (this.#size > MAX_MESSAGE_BYTES) throw new MessageTooLong();
    this.#partial.push(part);
  }

  /** Turns every line end into LF; a CR at the end of a chunk may be half of one. */
  #normalise(chunk: string): string {
    if (chunk === "") return chunk;
    const text = this.#afterCarriageReturn && chunk.startsWith("\n") ? chunk.slice(1) : chunk;
    this.#afterCarriageReturn = chunk.endsWith("\r");
    return text.replace(/\r\n?/g, "\n");
  }

  #field(line: string): void {
    const colon = line.indexOf(":");
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") this.#data.push(value);
    else if (name === "id" && !value.includes("\0")) this.#id = value;
  }
}
