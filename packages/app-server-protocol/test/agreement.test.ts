/** Checkers, zod schemas and published JSON Schemas are made from one source: here they are held against each other. */

import { WireFormatError } from "@codex-ts/protocol";
import { zodSchemas as coreZod } from "@codex-ts/protocol/zod";
import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { jsonSchemaFiles } from "../src/bindings-entry.js";
import { zodSchemas as ownZod } from "../src/generated/zod.js";
import { checkOf } from "../src/index.js";
import { filePaths } from "../src/bindings/json-schema-files.js";
import { instances, type JsonSchema } from "./support/instances.js";
import { mutated, randomFrom } from "./support/mutations.js";

const zod: Record<string, () => z.ZodType> = { ...coreZod, ...ownZod };
const messages = new Set(["ClientRequest", "ClientNotification", "ServerRequest", "ServerNotification"]);
/** The published schemas describe a function's output as the original's do, which is not the form on the wire. */
const publishedOnly = /"function_call_output"/;

const files = new Map([...jsonSchemaFiles()].map(([path, text]) => [path, JSON.parse(text) as JsonSchema]));
const types = [...filePaths()].filter(([path, name]) => !messages.has(name.replace("newer.", "")) && files.has(path));
const least = process.env["CODEX_TS_NIGHTLY"] === undefined ? 6 : 100;

describe("a value that the published schema takes", () => {
  it.each(types)("%s is taken by the checker and by zod, unknown members kept", (path, name) => {
    const schema = files.get(path) ?? {};
    for (const value of instances(schema, schema, least)) {
      if (publishedOnly.test(JSON.stringify(value))) continue;
      const checked = checkOf(name)(value);
      expect(checked).toMatchObject(value as object);
      expect(zod[name]?.().parse(value)).toEqual(checked);
    }
  });
});

describe("a value that was damaged", () => {
  it.each(types)("%s is taken by the checker exactly when zod takes it", (path, name) => {
    const schema = files.get(path) ?? {};
    const random = randomFrom(path.length);
    for (const value of instances(schema, schema, least)) {
      const damaged = mutated(value, random);
      const byZod = zod[name]?.().safeParse(damaged);
      const byChecker = isTakenByChecker(name, damaged);
      expect(byChecker, `${name} ${JSON.stringify(damaged)} ${JSON.stringify(byZod?.error?.issues)}`).toBe(
        byZod?.success,
      );
    }
  });
});

function isTakenByChecker(name: string, value: unknown): boolean {
  try {
    checkOf(name)(value);
    return true;
  } catch (error) {
    if (error instanceof WireFormatError) return false;
    throw error;
  }
}
