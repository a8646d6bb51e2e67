/** Tools that the client runs, and what becomes of the schemas that clients and servers send. */

import { answer, functionCall, message } from "@codex-ts/test-support";
import { assert, jsonValue, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { ClientToolError, clientTools } from "../../src/tools/client-tools.js";
import { InputSchemaError, toolParameters } from "../../src/tools/input-schema.js";
import { say, testThread } from "../support/test-thread.js";

const lookup = { name: "look up", description: "Looks up.", inputSchema: { type: "object" } };

describe("a client's tool", () => {
  it.each([
    { specs: [{ ...lookup, name: "" }], text: "dynamic tool name must not be empty" },
    { specs: [{ ...lookup, name: " a" }], text: "dynamic tool name has leading/trailing whitespace:  a" },
    { specs: [{ ...lookup, name: "mcp" }], text: "dynamic tool name is reserved: mcp" },
    { specs: [{ ...lookup, name: "mcp__a__b" }], text: "dynamic tool name is reserved: mcp__a__b" },
    { specs: [{ ...lookup, name: "update_plan" }], text: "dynamic tool name is reserved: update_plan" },
    { specs: [{ ...lookup, name: "exec_command" }], text: "dynamic tool name is reserved: exec_command" },
    { specs: [lookup, lookup], text: "duplicate dynamic tool name: look up" },
    {
      specs: [{ ...lookup, inputSchema: null }],
      text: "dynamic tool input schema is not supported for look up: a schema must be an object or a boolean, not null",
    },
  ])("is refused: $text", ({ specs, text }) => {
    expect(() => clientTools(specs)).toThrow(new ClientToolError(text));
  });

  it("is refused when the thread starts", async () => {
    await expect(testThread([], { clientTools: [{ ...lookup, name: "shell" }] })).rejects.toThrow(ClientToolError);
  });

  it("is called through a question, and the model gets the output only", async () => {
    await using test = await testThread([answer(functionCall("look up", { q: [1, "a"] })), answer(message("ok"))], {
      clientTools: [lookup],
    });
    test.answer(() => ({ kind: "clientTool", output: "found", success: false }));
    const events = await test.turn();
    const question = events.find((event) => event.type === "question.asked");
    expect(question).toMatchObject({
      question: { kind: "clientTool", itemId: "call_1", tool: "look up", arguments: { q: [1, "a"] } },
    });
    expect(test.outputs()["call_1"]).toBe("found");
    expect(events.some((event) => event.type === "item.started" && event.item.id === "call_1")).toBe(false);
  });

  it("needs arguments that are JSON", async () => {
    await using test = await testThread([answer(functionCall("look up", "{")), answer(message("ok"))], {
      clientTools: [lookup],
    });
    await test.turn();
    expect(test.outputs()["call_1"]).toMatch(/^failed to parse function arguments: EOF while parsing/);
  });

  it("is told as cut short when the turn is", async () => {
    await using test = await testThread([answer(functionCall("look up", {})), answer(message("ok"))], {
      clientTools: [lookup],
    });
    await test.thread.submit(say("go"));
    await test.event("question.asked");
    await test.thread.submit({ type: "interrupt" });
    const answered = await test.event("question.answered");
    expect(answered).toMatchObject({
      by: "interrupt",
      answer: { output: "dynamic tool call was cancelled before receiving a response" },
    });
    await test.event("turn.ended");
  });
});

describe("a schema", () => {
  it.each<{ what: string; from: unknown; to: unknown }>([
    {
      what: "the reference's example",
      from: {
        properties: {
          c: { type: ["string", "null"] },
          a: { type: "integer" },
          b: { anyOf: [{ type: "string" }] },
        },
      },
      to: {
        type: "object",
        properties: { a: { type: "number" }, b: { type: "string" }, c: { type: "string" } },
      },
    },
    { what: "true", from: true, to: { type: "string" } },
    { what: "nothing", from: {}, to: { type: "string" } },
    { what: "an object without properties", from: { type: "object" }, to: { type: "object", properties: {} } },
    {
      what: "an object by its words",
      from: { required: ["a"], additionalProperties: { type: "integer" } },
      to: { type: "object", properties: {}, required: ["a"], additionalProperties: { type: "number" } },
    },
    {
      what: "an object that is closed",
      from: { type: "object", description: "lost", additionalProperties: false },
      to: { type: "object", properties: {}, additionalProperties: false },
    },
    { what: "an array without items", from: { type: "array" }, to: { type: "array", items: { type: "string" } } },
    {
      what: "an array by its words",
      from: { prefixItems: [{ type: "number" }], description: "d" },
      to: { type: "array", items: { type: "string" }, description: "d" },
    },
    {
      what: "an array of anything",
      from: { items: true },
      to: { type: "array", items: { type: "string" } },
    },
    {
      what: "a word list",
      from: { enum: ["a", "b"], description: "d", default: "a" },
      to: { type: "string", description: "d" },
    },
    { what: "a constant", from: { const: 1 }, to: { type: "string" } },
    { what: "a format", from: { format: "uri" }, to: { type: "string" } },
    { what: "a limit", from: { exclusiveMinimum: 1 }, to: { type: "number" } },
    { what: "several types", from: { type: ["null", "integer", "object"] }, to: { type: "object", properties: {} } },
    { what: "no known type", from: { type: ["null"] }, to: { type: "string" } },
  ])("that is $what is squeezed", ({ from, to }) => {
    expect(toolParameters(from)).toEqual(to);
  });

  it.each([{ from: null }, { from: 1 }, { from: [] }, { from: { type: "null" } }, { from: { properties: [] } }])(
    "that cannot be told to a model is refused ($from)",
    ({ from }) => {
      expect(() => toolParameters(from)).toThrow(InputSchemaError);
    },
  );

  it("of any kind becomes one of the subset or is refused", () => {
    const known = new Set(["type", "description", "items", "properties", "required", "additionalProperties"]);
    const check = (schema: unknown): void => {
      if (typeof schema !== "object" || schema === null) return;
      for (const [name, value] of Object.entries(schema)) {
        expect(known).toContain(name);
        if (name === "properties") Object.values(value as object).forEach(check);
        else if (name === "items" || name === "additionalProperties") check(value);
      }
    };
    assert(
      property(jsonValue(), (schema) => {
        check(parametersOrNull(schema));
      }),
    );
  });
});

/** null: refused in the way that is meant for it; anything else fails the test. */
function parametersOrNull(schema: unknown): unknown {
  try {
    return toolParameters(schema);
  } catch (error) {
    if (error instanceof InputSchemaError) return null;
    throw error;
  }
}
