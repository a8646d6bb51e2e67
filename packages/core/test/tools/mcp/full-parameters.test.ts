/** What is kept of a server's schema. */

import { assert, jsonValue, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { InputSchemaError } from "../../../src/tools/input-schema.js";
import { fullParameters } from "../../../src/tools/mcp/full-parameters.js";

/** The schema of one property, as it comes out. */
function kept(schema: unknown): unknown {
  const { properties } = fullParameters({ type: "object", properties: { x: schema } });
  return (properties as { x: unknown }).x;
}

describe("the parameters of a tool", () => {
  it.each([
    [{ type: "integer", minimum: 0, maximum: 9 }],
    [{ type: "string", enum: ["a", "b"], description: "which" }],
    [{ enum: ["a", 1, null] }],
    [{ const: "fixed" }],
    [{ anyOf: [{ type: "string" }, { type: "null" }] }],
    [{ type: ["string", "null"], format: "uri", default: null }],
    [{ type: "array", items: { type: "object", properties: { a: { type: "number" } }, additionalProperties: false } }],
    [{ type: "object", properties: {}, additionalProperties: { type: "string" } }],
    [{ type: "object", properties: {}, patternProperties: { "^x": { type: "boolean" } } }],
    [{ type: "string", pattern: "^[a-z]+$", minLength: 1 }],
  ])("keep %j", (schema) => {
    expect(kept(schema)).toEqual(schema);
  });

  it.each([
    ["a boolean", true, { type: "string" }],
    ["nothing at all", {}, { type: "string" }],
    ["a list of unknown things", { type: "array" }, { type: "array", items: { type: "string" } }],
    [
      "a tuple",
      { type: "array", items: [{ type: "string" }, { type: "number" }] },
      { type: "array", items: { anyOf: [{ type: "string" }, { type: "number" }] } },
    ],
    [
      "a newer tuple",
      { prefixItems: [{ type: "string" }] },
      { prefixItems: [{ type: "string" }], type: "array", items: { anyOf: [{ type: "string" }] } },
    ],
    ["an object without properties", { type: "object" }, { type: "object", properties: {} }],
    [
      "properties without a type",
      { properties: { a: { minimum: 1 } } },
      { type: "object", properties: { a: { type: "number", minimum: 1 } } },
    ],
    ["one type in a list", { type: ["integer"] }, { type: "integer" }],
    ["a type of another world", { type: "any" }, { type: "string" }],
    [
      "limits of an older draft",
      { type: "number", exclusiveMinimum: true, minimum: 0 },
      { type: "number", minimum: 0 },
    ],
    ["an empty choice", { enum: [] }, { type: "string" }],
    ["an empty union", { anyOf: [], type: "string" }, { type: "string" }],
    ["keywords nobody knows", { type: "string", $comment: "x", nullable: true, "x-y": 1 }, { type: "string" }],
    ["keywords like members of objects", JSON.parse('{"__proto__": {}, "constructor": "x"}'), { type: "string" }],
    ["a required flag", { type: "object", properties: {}, required: true }, { type: "object", properties: {} }],
    ["a reference to elsewhere", { $ref: "https://example.com/schema" }, { type: "string" }],
    ["a reference to nothing", { $ref: "#/$defs/missing" }, { type: "string" }],
    ["null", null, { type: "string" }],
  ])("make the best of %s", (_what, schema, expected) => {
    expect(kept(schema)).toEqual(expected);
  });

  it("keep definitions, and references to them", () => {
    const schema = {
      type: "object",
      properties: { tree: { $ref: "#/$defs/node" } },
      $defs: { node: { type: "object", properties: { next: { $ref: "#/$defs/node" } } } },
      required: ["tree"],
    };
    expect(fullParameters({ $schema: "https://json-schema.org/draft/2020-12/schema", ...schema })).toEqual(schema);
  });

  it("are an object at the top, whatever the server chooses between", () => {
    const variant = (name: string): object => ({
      type: "object",
      properties: { [name]: { type: "string" } },
      required: [name],
    });
    expect(fullParameters({ oneOf: [variant("a"), variant("b")] })).toEqual({
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
    });
    expect(fullParameters({})).toEqual({ type: "object", properties: {} });
  });

  it.each([
    ["no schema", "x"],
    ["a text", { type: "string" }],
    ["a list", { type: ["array", "null"] }],
  ])("cannot be %s", (_what, schema) => {
    expect(() => fullParameters(schema)).toThrow(InputSchemaError);
  });

  it("are never more than the API takes: objects with known keywords of the right kind", () => {
    assert(
      property(jsonValue(), (value) => {
        const parameters = fullParameters({ properties: { x: value }, anyOf: [value], $defs: { y: value } });
        expect(parameters["type"]).toBe("object");
        expect(parameters).not.toHaveProperty("anyOf");
        // Done once, there is nothing left to do.
        expect(fullParameters(parameters)).toEqual(parameters);
      }),
    );
  });
});
