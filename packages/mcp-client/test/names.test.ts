import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import * as fc from "fast-check";
import { qualifiedName } from "@codex-ts/mcp-client";
import { toolEntries } from "../src/set/tool-names.js";

const tool = (name: string): { name: string; inputSchema: Record<string, unknown> } => ({ name, inputSchema: {} });

describe("the names of tools", () => {
  it.each([
    ["fake", "echo", "mcp__fake__echo"],
    ["my-srv", "do_it", "mcp__my-srv__do_it"],
    ["fake", "a.b/c d", "mcp__fake__a_b_c_d"],
    ["fake", "größe", "mcp__fake__gr__e"],
    ["s", "x".repeat(56), `mcp__s__${"x".repeat(56)}`],
  ])("of %s and %s is %s", (server, name, expected) => {
    expect(qualifiedName(server, name)).toBe(expected);
  });

  it("are cut and end in the hash of the whole when they are too long", () => {
    const tool = "a_very.long_tool_name_that_is_longer_than_sixty_four_characters";
    const hash = createHash("sha1").update(`mcp__fake__${tool}`).digest("hex");
    expect(qualifiedName("fake", tool)).toBe(`mcp__fake__a_very_long_t${hash}`);
  });

  it("fit what providers take, whatever servers come up with", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary", maxLength: 200 }), (server, name) => {
        expect(qualifiedName(server, name)).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
      }),
    );
  });

  it("are unique: the first tool of a name is kept, the others are told of", () => {
    const dropped: string[] = [];
    const servers = [
      { name: "one", tools: [tool("b.c"), tool("b/c"), tool("a")] },
      { name: "two", tools: [tool("z")] },
    ];
    const entries = toolEntries(servers, (entry) => dropped.push(entry.tool.name));
    expect(entries.map(({ qualifiedName: name }) => name)).toEqual(["mcp__one__a", "mcp__one__b_c", "mcp__two__z"]);
    expect(entries[1]?.tool.name).toBe("b.c");
    expect(dropped).toEqual(["b/c"]);
  });
});
