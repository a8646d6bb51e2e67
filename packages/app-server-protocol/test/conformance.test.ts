/** Our published schemas accept exactly what the reference's accept. Needs the reference's data at hand. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { describe, expect, it } from "vitest";
import { bundleFile, jsonSchemaFiles, typeScriptFiles } from "../src/bindings-entry.js";
import { clientNotifications, clientRequests, serverNotifications, serverRequests } from "../src/index.js";
import { instances, type JsonSchema } from "./support/instances.js";

const repository = join(import.meta.dirname, "../../..");
const folder = resolve(repository, process.env["CODEX_TS_REFERENCE"] || "../shared/reference");
const reference = join(folder, "app-server-schema");
const available = existsSync(reference);
if (!available) console.warn(`conformance: skipped, ${folder} is not here; CODEX_TS_REFERENCE may name another folder`);

const ours = new Map([...jsonSchemaFiles()].map(([path, text]) => [path, JSON.parse(text) as JsonSchema]));
const theirPaths = available
  ? readdirSync(reference, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".json") && !["bundle.json", "methods.json"].includes(path))
      .map((path) => path.replaceAll("\\", "/"))
      .sort()
  : [];

describe.skipIf(!available)("the published schemas", () => {
  it("have a file for each of the reference's", () => {
    expect(theirPaths.filter((path) => !ours.has(path))).toEqual([]);
  });

  it.each(theirPaths)("%s accepts what the reference accepts, and nothing else", (path) => {
    const [our, their] = [ours.get(path) ?? {}, read(path)];
    expectSame(our, our, their, their);
  });

  it("name in the bundle what the reference names", () => {
    const [our, their] = [definitionsOf(ours.get(bundleFile)), definitionsOf(read("bundle.json"))];
    expect(Object.keys(their).filter((name) => !(name in our))).toEqual([]);
  });

  // Types with a file of their own were compared above. The reference's bundle contradicts its files for events: there
  // `EventMsg` refers to v2's forms of TextElement, SandboxPolicy and others, which no event has ever had.
  it("say the same of every type that only the bundle has", () => {
    const [ourBundle, theirBundle] = [ours.get(bundleFile) ?? {}, read("bundle.json")];
    const [our, their] = [definitionsOf(ourBundle), definitionsOf(theirBundle)];
    const inFiles = new Set(theirPaths.map((path) => path.replace(/^v1\//, "").replace("/", ".").replace(".json", "")));
    const others = Object.entries(their).filter(([name]) => !inFiles.has(name));
    expect(others.length).toBeGreaterThan(150);
    for (const [name, schema] of others) expectSame(our[name] ?? {}, ourBundle, schema, theirBundle, name);
  });

  it("name the methods that the reference names", () => {
    const methods = read("methods.json") as unknown as Record<string, { method: string }[]>;
    const tables = { clientRequests, clientNotifications, serverRequests, serverNotifications };
    for (const [kind, table] of Object.entries(tables)) {
      expect(methods[kind]?.map(({ method }) => method).filter((method) => !(method in table))).toEqual([]);
    }
  });

  it("are accompanied by a declaration for each of the reference's", () => {
    const wanted = readFileSync(join(reference, "ts-files.txt"), "utf8").trim().split("\n");
    const files = typeScriptFiles();
    expect(wanted.filter((path) => !files.has(path.trim()))).toEqual([]);
  });
});

/** Instances of each must validate under the other. */
function expectSame(our: JsonSchema, ourDocument: JsonSchema, their: JsonSchema, theirDocument: JsonSchema, name = "") {
  const [checkOurs, checkTheirs] = [compile(our, ourDocument), compile(their, theirDocument)];
  for (const value of instances(their, theirDocument, 27)) expectValid(checkOurs, value, `the reference's ${name}`);
  for (const value of instances(our, ourDocument, 27)) expectValid(checkTheirs, value, `our ${name}`);
}

function expectValid(check: ValidateFunction, value: unknown, whose: string) {
  const valid = check(value);
  expect(valid, `${whose} ${JSON.stringify(value)}\n${JSON.stringify(check.errors)}`).toBe(true);
}

function compile(schema: JsonSchema, document: JsonSchema): ValidateFunction {
  const ajv = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false });
  return ajv.compile({ ...schema, definitions: document.definitions ?? {} });
}

function definitionsOf(bundle: JsonSchema | undefined): Record<string, JsonSchema> {
  const { v2, newer: _, ...root } = (bundle?.definitions ?? {}) as Record<string, JsonSchema>;
  const inner = Object.entries((v2 ?? {}) as Record<string, JsonSchema>);
  return { ...root, ...Object.fromEntries(inner.map(([name, schema]) => [`v2.${name}`, schema])) };
}

function read(path: string): JsonSchema {
  return JSON.parse(readFileSync(join(reference, path), "utf8")) as JsonSchema;
}
