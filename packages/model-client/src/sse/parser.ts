/** Cuts a stream of text into server-sent events and keeps their data. Pure; each character is looked at once. */

/**
 * Only `data` counts: the event's name, id and retry wish are ignored, as every wire here repeats its type inside the
 * data. Line ends may be LF, CRLF or CR, and any cut of the text into chunks gives the same events.
 */
export class SseParser {
  /** Pieces of a line that has not ended yet. */
  #partial: string[] = [];
  /** Data lines of an event that has not ended yet. */
  #data: string[] = [];
  /** Characters of the event that has not ended yet. */
  pending = 0;
  #afterCarriageReturn = false;
  #started = false;

  /** Appends to `out` the data of every event that ends in this chunk. */
  push(chunk: string, out: string[]): void {
    if (chunk === "") return;
    const text = this.#normalise(chunk);
    let from = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", from)) {
      let line = text.slice(from, end);
      if (this.#partial.length > 0) {
        line = this.#partial.join("") + line;
        this.#partial = [];
      }
      this.#line(line, out);
      from = end + 1;
    }
    if (from < text.length) this.#partial.push(text.slice(from));
    this.pending += text.length - from;
  }

  /** The stream is over: a last event that lacks only its blank line counts. */
  end(out: string[]): void {
    const rest = this.#partial.join("");
    this.#partial = [];
    if (rest !== "") this.#line(rest, out);
    this.#line("", out);
  }

  /** Drops a byte order mark at the start and turns every line end into LF. */
  #normalise(chunk: string): string {
    let text = chunk;
    if (!this.#started) {
      this.#started = true;
      if (text.startsWith("\uFEFF")) text = text.slice(1);
    }
    if (this.#afterCarriageReturn && text.startsWith("\n")) text = text.slice(1);
    this.#afterCarriageReturn = chunk.endsWith("\r");
    return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  }

  #line(line: string, out: string[]): void {
    if (line === "") {
      this.pending = 0;
      if (this.#data.length === 0) return;
      out.push(this.#data.length === 1 ? (this.#data[0] ?? "") : this.#data.join("\n"));
      this.#data = [];
    } else if (line.startsWith("data:")) {
      this.pending += line.length;
      this.#data.push(line.charCodeAt(5) === SPACE ? line.slice(6) : line.slice(5));
    } else if (line === "data") {
      this.#data.push("");
    }
  }
}

const SPACE = 0x20;
