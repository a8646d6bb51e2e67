/** Hostile input: nothing but the typed error comes out, and nothing that is accepted gets lost. */

import { WireFormatError } from "@codex-ts/protocol";
import { describe, expect, it } from "vitest";
import { bundleFile, jsonSchemaFiles } from "../src/bindings-entry.js";
import {
  answerOf,
  classifyLine,
  parseClientNotification,
  parseClientRequest,
  parseServerNotification,
  parseServerRequest,
} from "../src/index.js";
import { instances, type JsonSchema } from "./support/instances.js";
import { mutated, randomFrom } from "./support/mutations.js";

const files = new Map([...jsonSchemaFiles()].map(([path, text]) => [path, JSON.parse(text) as JsonSchema]));
const kinds = ["ClientRequest", "ClientNotification", "ServerRequest", "ServerNotification"].flatMap((name) => [
  ...(files.has(`${name}.json`) ? [`${name}.json`] : []),
  ...(files.has(`newer/${name}.json`) ? [`newer/${name}.json`] : []),
]);
const denied = JSON.stringify({ kind: "command", decision: "denied" });
const total = process.env["CODEX_TS_NIGHTLY"] === undefined ? 5_000 : 100_000;

function parse(line: string): unknown {
  const { kind, message } = classifyLine(line);
  if (kind === "response" || kind === "error") return message;
  for (const parser of kind === "request"
    ? [parseClientRequest, parseServerRequest]
    : [parseClientNotification, parseServerNotification]) {
    try {
      return parser(message as { id: unknown; method: string; params?: unknown });
    } catch (error) {
      if (!(error instanceof WireFormatError)) throw error;
    }
  }
  return null;
}

function messages(path: string): unknown[] {
  const schema = files.get(path) ?? {};
  return [...instances(schema, schema, 50)];
}

describe("messages", () => {
  it(`survive being damaged ${total} times: the parsers throw nothing but the typed error`, () => {
    const random = randomFrom(42);
    const good = kinds.flatMap(messages);
    const wrong: string[] = [];
    let refused = 0;
    for (let count = 0; count < total; count++) {
      let value = good[random(good.length)];
      for (let damages = random(3); damages >= 0; damages--) value = mutated(value, random);
      let line = JSON.stringify(value) ?? "";
      if (random(10) === 0) line = line.slice(0, random(line.length + 1));
      try {
        parse(line);
      } catch (error) {
        if (error instanceof WireFormatError) refused++;
        else wrong.push(`${String(error)} for ${line}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(refused).toBeGreaterThan(0);
  });

  it("that are damaged answers mean no, and never fail", () => {
    const random = randomFrom(7);
    const answers = [
      { decision: "accept" },
      { decision: { acceptWithExecpolicyAmendment: { execpolicy_amendment: ["a"] } } },
    ];
    const question = {
      kind: "command" as const,
      id: "q",
      itemId: "i",
      argv: [],
      cwd: "/",
      actions: [],
      reason: null,
      proposedAmendment: null,
      shortAmendment: null,
      risk: null,
    };
    const yes = /"decision":"accept"|execpolicy_amendment":\[/;
    const believed: string[] = [];
    for (let count = 0; count < total / 5; count++) {
      const damaged = JSON.stringify(mutated(answers[random(2)], random)) ?? "null";
      const answer = answerOf(question, "item/commandExecution/requestApproval", JSON.parse(damaged));
      if (!yes.test(damaged) && JSON.stringify(answer) !== denied) believed.push(damaged);
    }
    expect(believed).toEqual([]);
  });
});

describe("one member that this version does not know", () => {
  it.each(kinds)("at every level of each message of %s is accepted and kept", (path) => {
    for (const value of messages(path)) {
      // unions of older kinds refuse unknown members in the published schemas; the parsers keep them there too
      const strange = withUnknownMembers(value);
      const parsed = parse(JSON.stringify(strange));
      expect(parsed).toMatchObject(strange as object);
    }
  });
});

/** The value with one more member in each object whose members are not keys of a map. */
function withUnknownMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUnknownMembers);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [key, withUnknownMembers(member)] as const);
  const isMap = "some key" in value;
  return Object.fromEntries(isMap ? members : [...members, ["x-later", { new: [1] }]]);
}

it("the bundle is one of the files", () => {
  expect(files.has(bundleFile)).toBe(true);
});
