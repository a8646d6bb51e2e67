import { assert, constantFrom, jsonValue, property } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createChecker,
  parseEvent,
  parseEventMsg,
  parseOp,
  parseResponseItem,
  parseReviewOutput,
  parseRolloutLine,
  parseSubmission,
  WireFormatError,
  type WireSchema,
} from "../src/index.js";

function check(schema: WireSchema, value: unknown): unknown {
  return createChecker({ Thing: () => schema })("Thing")(value);
}

function errorOf(run: () => unknown): WireFormatError {
  try {
    run();
  } catch (error) {
    if (error instanceof WireFormatError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const thing: WireSchema = {
  type: "object",
  required: ["name"],
  written: ["size", "tags"],
  properties: {
    name: { type: "string" },
    size: { type: ["integer", "null"], format: "uint32", minimum: 0 },
    tags: { type: "array", items: { type: "string" }, default: [] },
    kind: { type: "string", enum: ["a", "b", "c"] },
    pair: { type: "string", enum: ["a", "b"] },
    only: { type: "string", enum: ["a"] },
    counts: { type: "object", additionalProperties: { type: "number", format: "double" } },
    flag: { type: "boolean" },
    nothing: { type: "null" },
    any: {},
  },
};

describe("a value of the wrong form", () => {
  it.each([
    [null, "invalid type: null, expected struct Thing", []],
    [[], "invalid type: sequence, expected struct Thing", []],
    ["x", 'invalid type: string "x", expected struct Thing', []],
    [{}, "missing field `name`", []],
    [{ name: null }, "invalid type: null, expected a string", ["name"]],
    [{ name: 5 }, "invalid type: integer `5`, expected a string", ["name"]],
    [{ name: {} }, "invalid type: map, expected a string", ["name"]],
    [{ name: "", size: -1 }, "invalid value: integer `-1`, expected u32", ["size"]],
    [{ name: "", size: 4_294_967_296 }, "invalid value: integer `4294967296`, expected u32", ["size"]],
    [{ name: "", size: 1.5 }, "invalid type: floating point `1.5`, expected u32", ["size"]],
    [{ name: "", size: "1" }, 'invalid type: string "1", expected u32', ["size"]],
    [{ name: "", tags: {} }, "invalid type: map, expected a sequence", ["tags"]],
    [{ name: "", tags: ["a", true] }, "invalid type: boolean `true`, expected a string", ["tags", 1]],
    [{ name: "", kind: "x" }, "unknown variant `x`, expected one of `a`, `b`, `c`", ["kind"]],
    [{ name: "", kind: 1 }, "invalid type: integer `1`, expected a string", ["kind"]],
    [{ name: "", pair: "x" }, "unknown variant `x`, expected `a` or `b`", ["pair"]],
    [{ name: "", only: "x" }, "unknown variant `x`, expected `a`", ["only"]],
    [{ name: "", counts: [] }, "invalid type: sequence, expected a map", ["counts"]],
    [{ name: "", counts: { "some key": "x" } }, 'invalid type: string "x", expected f64', ["counts", "some key"]],
    [{ name: "", flag: 0 }, "invalid type: integer `0`, expected a boolean", ["flag"]],
    [{ name: "", nothing: 0 }, "invalid type: integer `0`, expected unit", ["nothing"]],
  ])("%j is refused with %s", (value, detail, path) => {
    const error = errorOf(() => check(thing, value));
    expect(error.detail).toBe(detail);
    expect(error.path).toEqual(path);
    expect(detail.endsWith(error.expected) || detail.includes(error.expected)).toBe(true);
  });

  it("says in its message where it is", () => {
    const nested: WireSchema = { type: "object", properties: { list: { type: "array", items: thing } } };
    const error = errorOf(() => check(nested, { list: [{ name: "a" }, { name: "b", counts: { k: true } }] }));
    expect(error.message).toBe("invalid type: boolean `true`, expected f64 (at list[1].counts.k)");
  });

  it.each([
    ["uint16", 65_535, 65_536, "u16"],
    ["uint32", 4_294_967_295, 4_294_967_296, "u32"],
    ["int32", 2_147_483_647, 2_147_483_648, "i32"],
    ["int32", -2_147_483_648, -2_147_483_649, "i32"],
    ["int64", 2 ** 63, 2 ** 64, "i64"],
    ["int64", -(2 ** 63), -(2 ** 64), "i64"],
    ["uint64", 2 ** 64, 2 ** 65, "u64"],
    ["uint", 0, -1, "usize"],
  ])("a number of format %s is at most (or least) %d, not %d", (format, most, beyond, name) => {
    const schema: WireSchema = { type: "integer", format };
    expect(check(schema, most)).toBe(most);
    expect(errorOf(() => check(schema, beyond)).expected).toBe(name);
  });
});

describe("a good value", () => {
  it("is returned itself, unknown members and all", () => {
    const value = { name: "a", size: 1, tags: [], odd: { more: [1] } };
    expect(check(thing, value)).toBe(value);
  });

  it("gets the members that writers always write, when an older writer left them out", () => {
    const value = { name: "a", odd: 1 };
    expect(check(thing, value)).toEqual({ name: "a", odd: 1, size: null, tags: [] });
    expect(value).toEqual({ name: "a", odd: 1 });
  });

  it("gets them deep inside too, and what surrounds them is not changed in place", () => {
    const value = { things: [{ name: "a", size: 1, tags: [] }, { name: "b" }], byName: { x: { name: "c" } } };
    const schema: WireSchema = {
      type: "object",
      properties: { things: { type: "array", items: thing }, byName: { type: "object", additionalProperties: thing } },
    };
    const before = structuredClone(value);
    const full = { size: null, tags: [] };
    expect(check(schema, value)).toEqual({
      things: [
        { name: "a", size: 1, tags: [] },
        { name: "b", ...full },
      ],
      byName: { x: { name: "c", ...full } },
    });
    expect(value).toEqual(before);
  });

  it("never shares a filled-in list with another value", () => {
    const [first, second] = [check(thing, { name: "a" }), check(thing, { name: "b" })] as { tags: unknown[] }[];
    first?.tags.push("x");
    expect(second?.tags).toEqual([]);
  });
});

describe("a union", () => {
  const tagged: WireSchema = {
    oneOf: [
      {
        type: "object",
        required: ["type", "n"],
        properties: { type: { type: "string", enum: ["a"] }, n: { type: "number" } },
      },
      { type: "object", required: ["type"], properties: { type: { type: "string", enum: ["b"] } } },
    ],
  };
  const external: WireSchema = {
    anyOf: [
      { type: "string", enum: ["x", "y"] },
      { type: "object", required: ["z"], properties: { z: { type: "number" } } },
    ],
  };

  it.each([
    [tagged, { n: 1 }, "missing field `type`", []],
    [tagged, { type: 1 }, "invalid type: integer `1`, expected variant identifier", ["type"]],
    [tagged, { type: "c" }, "unknown variant `c`, expected `a` or `b`", ["type"]],
    [tagged, { type: "a" }, "missing field `n`", []],
    [tagged, "a", 'invalid type: string "a", expected internally tagged enum Thing', []],
    [external, "w", "unknown variant `w`, expected one of `x`, `y`, `z`", []],
    [external, { w: 1 }, "unknown variant `w`, expected one of `x`, `y`, `z`", []],
    [external, { z: "1" }, 'invalid type: string "1", expected f64', ["z"]],
    [external, 1, "invalid type: integer `1`, expected enum Thing", []],
    [
      { anyOf: [{ type: "string" }, { type: "number" }] },
      true,
      "data did not match any variant of untagged enum Thing",
      [],
    ],
  ] as [WireSchema, unknown, string, unknown[]][])("%# refuses %j with %s", (schema, value, detail, path) => {
    const error = errorOf(() => check(schema, value));
    expect([error.detail, error.path]).toEqual([detail, path]);
  });

  it.each([
    [tagged, { type: "a", n: 1 }],
    [tagged, { type: "b", odd: true }],
    [external, "y"],
    [external, { z: 1, odd: true }],
    [{ anyOf: [external, { type: "null" }] }, null],
    [{ anyOf: [{ type: "string" }, { type: "number" }] }, 4],
  ] as [WireSchema, unknown][])("%# takes %j", (schema, value) => {
    expect(check(schema, value)).toBe(value);
  });
});

it("a hostile depth ends in the typed error", () => {
  let event: unknown = { type: "shutdown_complete" };
  const configured = {
    type: "session_configured",
    session_id: "T",
    model: "m",
    model_provider_id: "p",
    approval_policy: "never",
    sandbox_policy: { type: "read-only" },
    cwd: "/",
    history_log_id: 0,
    history_entry_count: 0,
  };
  for (let depth = 0; depth < 50_000; depth++) event = { ...configured, initial_messages: [event] };
  expect(errorOf(() => parseEventMsg(event)).detail).toBe("recursion limit exceeded");
});

it("a type that does not exist is a mistake of the program, not of the peer", () => {
  expect(() => createChecker({})("Nope")).toThrow("there is no wire type Nope");
});

describe("parsers", () => {
  const parsers = {
    parseEvent,
    parseEventMsg,
    parseOp,
    parseResponseItem,
    parseReviewOutput,
    parseRolloutLine,
    parseSubmission,
  };

  it.each([
    [parseEventMsg, { type: "exec_command_output_delta", call_id: "c", stream: "stdout", chunk: "aGk=" }],
    [parseEvent, { id: "0", msg: { type: "task_started", model_context_window: null } }],
    [parseOp, { type: "user_input", items: [{ type: "text", text: "hi" }] }],
    [parseSubmission, { id: "0", op: { type: "interrupt" } }],
    [parseResponseItem, { type: "function_call_output", call_id: "c", output: [{ type: "input_text", text: "x" }] }],
    [parseResponseItem, { type: "reasoning", summary: [] }],
    [
      parseReviewOutput,
      { findings: [], overall_correctness: "", overall_explanation: "", overall_confidence_score: 0 },
    ],
  ] as [(value: unknown) => unknown, unknown][])("%# give back what they take", (parse, value) => {
    expect(parse(value)).toEqual(value);
  });

  it("throw nothing but the typed error, whatever they are given", () => {
    const runs = process.env["CODEX_TS_NIGHTLY"] === undefined ? 700 : 20_000;
    assert(
      property(constantFrom(...Object.values(parsers)), jsonValue({ maxDepth: 4 }), (parse, value) => {
        try {
          parse(value);
          return true;
        } catch (error) {
          return error instanceof WireFormatError;
        }
      }),
      { numRuns: runs, seed: 3 },
    );
  });
});
