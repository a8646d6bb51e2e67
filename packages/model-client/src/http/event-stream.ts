/** Checks that an answer with status 2xx is a stream that can be read. */

import { ModelError } from "../errors/model-error.js";

/**
 * The body of an event stream. A web page is refused at once, since no retry turns a wrong address into a model; other
 * content types are accepted, as servers are careless about them.
 * @throws {ModelError} `notAStream`
 */
export function eventStreamBody(response: Response): ReadableStream<Uint8Array> {
  const type = response.headers.get("content-type") ?? "";
  if (/^text\/html\b/i.test(type)) {
    void response.body?.cancel().catch(() => {}); // that it broke by itself is no news
    throw new ModelError(
      "notAStream",
      `${response.url} answered with a web page instead of a model's event stream. Check the provider's base_url, and whether a proxy or login page is in the way.`,
    );
  }
  if (response.body === null) {
    throw new ModelError("notAStream", `${response.url} answered without a body. Check the provider's base_url.`);
  }
  return response.body;
}
