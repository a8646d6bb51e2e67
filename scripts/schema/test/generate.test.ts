import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { normalise } from "../src/normalise.js";

describe("the generator", () => {
  it("finds that what is checked in is what the sources say", () => {
    const generate = join(import.meta.dirname, "../generate.mjs");
    const { status, stdout, stderr } = spawnSync(process.execPath, [generate, "--check"], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(stdout).toBe("everything is up to date\n");
    expect(status).toBe(0);
  });
});

describe("a type of the sources", () => {
  const raw = {
    Uint32: { type: "number" },
    Tagged: { $ref: "#/definitions/Inner", wire: "Renamed", description: "About it." },
    Inner: {
      type: "object",
      properties: {
        count: { anyOf: [{ $ref: "#/definitions/Uint32" }, { type: "null" }] },
        list: { type: "array", items: { type: "string" }, default: [] },
        name: { type: "string", since: 0.169, description: "Its name." },
        rest: { $ref: "#/definitions/Small" },
      },
      required: ["count", "list", "name"],
    },
    Small: { type: "object", properties: { kind: { const: "small" } }, required: ["kind"], inline: "", closed: "" },
    Choice: { anyOf: [{ const: "a" }, { $ref: "#/definitions/Small" }, { const: "b" }] },
    Options: { anyOf: [{ $ref: "#/definitions/Small" }, { type: "object", properties: { kind: { const: "big" } } }] },
    SomeTable: { type: "object" },
  };
  const inner = {
    type: "object",
    properties: {
      count: { type: ["integer", "null"], format: "uint32", minimum: 0 },
      list: { type: "array", items: { type: "string" }, default: [] },
      name: { type: "string", description: "Its name. (since 0.169)" },
      rest: small(),
    },
    required: ["name"],
    written: ["count", "list"],
  };

  function small() {
    return {
      type: "object",
      properties: { kind: { type: "string", enum: ["small"] } },
      required: ["kind"],
      additionalProperties: false,
    };
  }

  it("gets the wire's name and form", () => {
    expect(Object.fromEntries(normalise(raw))).toEqual({
      Renamed: { ...inner, description: "About it." },
      Inner: inner,
      Choice: { anyOf: [{ type: "string", enum: ["a", "b"] }, small()] },
      Options: { oneOf: [small(), { type: "object", properties: { kind: { type: "string", enum: ["big"] } } }] },
    });
  });

  it.each([
    [
      "a name that is taken",
      { A: { type: "string" }, B: { type: "string", wire: "A" } },
      "two types have the wire name A",
    ],
    ["a reference to nothing", { A: { $ref: "#/definitions/Gone" } }, "Gone is not exported from a wire file"],
  ])("with %s is refused", (_, types, message) => {
    expect(() => normalise(types)).toThrow(message);
  });
});
