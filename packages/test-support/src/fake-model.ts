/** A model server on loopback that follows a script and remembers what it was sent. */

import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Answer, Step } from "./model-script.js";

/** A request as the server saw it. */
export interface RecordedRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** Answers in order, the last one again and again; or a function of the request. */
export type Script = Answer[] | ((request: RecordedRequest, index: number) => Answer);

/** A running fake server. */
export interface FakeModel extends AsyncDisposable {
  /** Base URL for a provider's `base_url`. */
  url: string;
  /** Requests to the model, in order; the model list's are not counted. */
  requests: RecordedRequest[];
  /** Lets a `hold(name)` go on, now or when it is reached. */
  release(name: string): void;
  /** Resolves when a `hold(name)` is reached. */
  reached(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts a server that answers every model request by the script. */
export async function startFakeModel(script: Script): Promise<FakeModel> {
  const requests: RecordedRequest[] = [];
  const gates = new Gates();
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const url = incoming.url ?? "/";
      if (incoming.method === "GET") {
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ models: [], data: [] }));
        return;
      }
      const request: RecordedRequest = {
        method: incoming.method ?? "POST",
        url,
        headers: incoming.headers,
        body: parseBody(Buffer.concat(chunks).toString("utf8")),
      };
      requests.push(request);
      const index = requests.length - 1;
      const chosen = typeof script === "function" ? script(request, index) : script[Math.min(index, script.length - 1)];
      void reply(response, chosen, gates);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const close = async (): Promise<void> => {
    gates.openAll();
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    release: (name) => gates.open(name),
    reached: (name) => gates.reached(name),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function parseBody(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { unparsable: text };
  }
}

async function reply(response: ServerResponse, chosen: Answer | undefined, gates: Gates): Promise<void> {
  if (chosen === undefined) {
    response.writeHead(500, { "content-type": "text/plain" }).end("the script has no answer for this request");
    return;
  }
  if (chosen.kind === "http") {
    response.writeHead(chosen.status, { "content-type": "application/json", ...chosen.headers }).end(chosen.body);
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream", ...chosen.headers });
  for (const step of chosen.steps) {
    if (!(await perform(response, step, gates))) return;
  }
  response.end();
}

/** @returns false when the connection is gone and nothing more can be said */
async function perform(response: ServerResponse, step: Step, gates: Gates): Promise<boolean> {
  switch (step.do) {
    case "send":
      response.write(`event: ${step.event.type}\ndata: ${JSON.stringify(step.event)}\n\n`);
      return true;
    case "raw":
      response.write(step.bytes);
      return true;
    case "hold":
      await gates.wait(step.name);
      return !response.destroyed;
    case "drop":
      // An orderly end of the connection in the middle of the body: what was written before still arrives.
      response.socket?.end();
      return false;
  }
}

/** Named points at which an answer stops until the test lets it go on. */
class Gates {
  readonly #gates = new Map<string, { open: PromiseWithResolvers<void>; reached: PromiseWithResolvers<void> }>();

  async wait(name: string): Promise<void> {
    const gate = this.#gate(name);
    gate.reached.resolve();
    await gate.open.promise;
  }

  open(name: string): void {
    this.#gate(name).open.resolve();
  }

  reached(name: string): Promise<void> {
    return this.#gate(name).reached.promise;
  }

  openAll(): void {
    for (const name of this.#gates.keys()) this.open(name);
  }

  #gate(name: string): { open: PromiseWithResolvers<void>; reached: PromiseWithResolvers<void> } {
    let gate = this.#gates.get(name);
    if (gate === undefined) {
      gate = { open: Promise.withResolvers(), reached: Promise.withResolvers() };
      this.#gates.set(name, gate);
    }
    return gate;
  }
}
