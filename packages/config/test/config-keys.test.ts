import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { configJsonSchema, configReference, type Config } from "../src/index.js";
import { configToml } from "../src/schema/config-toml.js";
import { featureSpecs } from "../src/schema/features.js";
import { keyRows } from "../src/schema/reference.js";
import { requirementsToml } from "../src/schema/requirements-toml.js";
import { failure, testHome } from "./homes.js";

interface KeySpec {
  key: string;
  type: string;
  values?: string[];
  default?: unknown;
  defaultNote?: string;
  deprecatedFor?: string;
  ignored?: boolean;
  required?: boolean;
  rejected?: boolean;
  aliases?: string[];
}
interface KeyTable {
  "config.toml": KeySpec[];
  "requirements.toml": KeySpec[];
}

const root = join(import.meta.dirname, "../../..");
const fixture = join(import.meta.dirname, "fixtures/config-keys.json");
const keys: KeyTable = JSON.parse(readFileSync(fixture, "utf8"));

/** Keys that are read and checked but change nothing, with the reason; docs/config.md says the same. */
const NOT_APPLICABLE: ReadonlyMap<string, string> = new Map([
  ["experimental_instructions_file", "ignored by 0.92 too, apart from a deprecation notice"],
  ["profiles.*.experimental_instructions_file", "ignored by 0.92 too, apart from a deprecation notice"],
  ["instructions", "has no effect in 0.92 either"],
  ["tools.view_image", "the tool is always there"],
  ["profiles.*.tools_view_image", "the tool is always there"],
]);

/** What must stand beside a key so that the file is valid, by prefix of the key. */
const COMPANY: readonly (readonly [RegExp, string])[] = [
  [/^history\./, '[history]\npersistence = "save-all"'],
  [/^mcp_servers\.\*\.(url|bearer_token_env_var|http_headers|env_http_headers)$/, '[mcp_servers.x]\nurl = "http://h"'],
  [/^mcp_servers\./, '[mcp_servers.x]\ncommand = "c"'],
  [/^model_providers\./, '[model_providers.x]\nname = "n"'],
  [/^otel\.exporter\.otlp-http/, '[otel.exporter.otlp-http]\nendpoint = "http://e"\nprotocol = "binary"'],
  [/^otel\.exporter\.otlp-grpc/, '[otel.exporter.otlp-grpc]\nendpoint = "http://e"'],
  [/^otel\.trace_exporter\.otlp-http/, '[otel.trace_exporter.otlp-http]\nendpoint = "http://e"\nprotocol = "binary"'],
  [/^otel\.trace_exporter\.otlp-grpc/, '[otel.trace_exporter.otlp-grpc]\nendpoint = "http://e"'],
  [/^skills\./, '[[skills.config]]\npath = "/s/SKILL.md"\nenabled = false'],
  [/^sandbox_workspace_write\./, 'sandbox_mode = "workspace-write"'],
  [/^suppress_unstable/, "[features]\nchild_agents_md = true"],
  [/^profiles\./, 'profile = "x"\n[profiles.x]'],
];

/** Values for keys whose type alone does not tell what makes a difference. */
const SAMPLES: ReadonlyMap<string, string> = new Map([
  ["history.persistence", '"none"'],
  ["sandbox_mode", '"danger-full-access"'],
  ["profiles.*.sandbox_mode", '"danger-full-access"'],
  ["web_search", '"live"'],
  ["profiles.*.web_search", '"live"'],
  ["otel.exporter.otlp-http.protocol", '"json"'],
  ["otel.trace_exporter.otlp-http.protocol", '"json"'],
  ["profiles.*.features.shell_tool", "false"],
  ["model_provider", '"ollama"'],
  ["profile", '"other"'],
  ["profiles.*.model_provider", '"ollama"'],
  ["otel.exporter", '"statsig"'],
  ["otel.trace_exporter", '"statsig"'],
  ["tui.notifications", "false"],
  ["skills.config", '[{ path = "/t/SKILL.md", enabled = false }]'],
]);

function sample(spec: KeySpec, file: string): string {
  const known = SAMPLES.get(spec.key);
  if (known !== undefined) {
    return known;
  }
  if (spec.key.endsWith("_file")) {
    return JSON.stringify(file);
  }
  switch (spec.type) {
    case "string":
      return JSON.stringify(spec.values?.find((value) => value !== spec.default && value !== "auto") ?? "other");
    case "path":
      return '"/some/path"';
    case "boolean":
      return String(spec.default !== true);
    case "integer":
      return "7";
    case "float":
      return "2.5";
    case "array<string>":
    case "array<path>":
      return '["/one"]';
    default:
      return '{ one = "two" }';
  }
}

/** The configuration with and without a key, as far as it is about the session. */
async function effect(spec: KeySpec, value: string | null): Promise<unknown> {
  const other = '[profiles.other]\nmodel = "m"';
  const company = COMPANY.find(([pattern]) => pattern.test(spec.key))?.[1] ?? "";
  const home = testHome(`${company}\n${other}`, { "prompt.md": "text" });
  const key = spec.key.replaceAll("*", "x").replace("config[]", "config");
  const parts = key.split(/\.(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((part) => part.replaceAll('"', ""));
  const { editToml } = await import("../src/index.js");
  const before = readFileSync(join(home.codexHome, "config.toml"), "utf8");
  const path = parts.flatMap((part) => (part === "config" && spec.key.includes("[]") ? [part, 0] : [part]));
  const { parseTomlValue } = await import("../src/toml/parse.js");
  const { tomlToJson } = await import("../src/toml/nodes.js");
  const text = value?.replace("PROMPT", join(home.root, "prompt.md"));
  const json = text === undefined ? null : tomlToJson(parseTomlValue({ file: null, text, folder: null, layer: null }));
  home.write("home/config.toml", json === null ? before : editToml(before, [{ kind: "set", path, value: json }]));
  return session(await home.load(), home.root);
}

/** Everything of a configuration that programs act on. */
function session(config: Config, root: string): unknown {
  const {
    layers: _layers,
    merged: _merged,
    profiles: _profiles,
    warnings,
    deprecations: _deprecations,
    ...rest
  } = config;
  const unknown = warnings.filter(({ kind }) => kind === "unknownKey" || kind === "unknownFeature");
  const plain = JSON.stringify({ ...rest, warnings, unknown }, (_key, value: unknown) =>
    value instanceof Map ? Object.fromEntries(value) : value,
  );
  const value: unknown = JSON.parse(plain.replaceAll(root, ""));
  return value;
}

describe("every key of config.toml", () => {
  const settable = keys["config.toml"].filter((spec) => spec.rejected !== true && !spec.key.startsWith("projects."));

  it.each(settable.filter((spec) => !NOT_APPLICABLE.has(spec.key)))("$key changes the session", async (spec) => {
    const without = await effect(spec, null);
    const changed = await effect(spec, sample(spec, "PROMPT"));
    expect(changed).not.toEqual(without);
    expect(changed).toHaveProperty("unknown", []);
  });

  it.each(settable.filter((spec) => NOT_APPLICABLE.has(spec.key)))(
    "$key is accepted and has no effect",
    async (spec) => {
      expect(await effect(spec, sample(spec, "PROMPT"))).toEqual(await effect(spec, null));
      const row = keyRows(configToml).find(({ key }) => key === spec.key);
      expect(row?.field.notApplicable).toBeDefined();
    },
  );

  it.each(settable.filter((spec) => spec.type !== "table"))("$key refuses a value of another type", async (spec) => {
    const error = await failure(effect(spec, spec.type === "integer" || spec.type === "float" ? '"text"' : "12.5"));
    expect(error.message).toMatch(/config\.toml:\d+:\d+: /);
  });

  it.each(settable.filter((spec) => (spec.aliases ?? []).length > 0))(
    "$key can be spelled as it used to be",
    async (spec) => {
      const value = sample(spec, "PROMPT");
      for (const alias of spec.aliases ?? []) {
        const aliased = { ...spec, key: spec.key.replace(/[^.]+$/, alias) };
        expect(await effect(aliased, value)).toEqual(await effect(spec, value));
      }
    },
  );

  it("a trust level changes the policies of the project", async () => {
    const home = testHome("", {});
    home.write("home/config.toml", `[projects."${home.cwd}"]\ntrust_level = "untrusted"`);
    const config = await home.load();
    expect([config.project.trust, config.approvalPolicy, config.sandboxPolicy.type]).toEqual([
      "untrusted",
      "untrusted",
      "workspace-write",
    ]);
  });

  it("keys of our own have an effect too", async () => {
    const config = await testHome("user_shell_in_context = true").load();
    expect([config.userShellInContext, config.warnings]).toEqual([true, []]);
  });

  it("a bearer token in the file is refused", async () => {
    const home = testHome('[mcp_servers.x]\nurl = "http://h"\nbearer_token = "t"');
    expect((await failure(home.load())).message).toContain("bearer_token is not supported for streamable_http");
  });
});

describe("the key table", () => {
  const folder = resolve(root, process.env["CODEX_TS_REFERENCE"] || "../shared/reference");
  const reference = join(folder, "config-keys.json");
  const available = existsSync(reference);
  if (!available) console.warn(`not compared: ${reference} is not here; CODEX_TS_REFERENCE may name another folder`);

  it("has the keys of 0.92", () => {
    expect(keys["config.toml"].length).toBe(202);
  });

  it.skipIf(!available)("is the reference's", () => {
    const original: unknown = JSON.parse(readFileSync(reference, "utf8"));
    expect(original).toEqual(keys);
  });

  it("names no key that the schema does not have, and the schema none that the table lacks", () => {
    const described = keyRows(configToml).map(({ key }) => key);
    const features = featureSpecs("linux")
      .filter((spec) => spec.hidden !== true)
      .map(({ key }) => key);
    const wanted = keys["config.toml"].map(({ key }) =>
      key.replaceAll('"', "").replace(/^((?:profiles\.\*\.)?features)\..*$/, "$1"),
    );
    const ours = new Set(["experimental_sandbox_command_assessment", "openai_base_url", "user_shell_in_context"]);
    const found = new Set(described.map((key) => key.replaceAll('"', "")));
    expect([...new Set(wanted)].filter((key) => !found.has(key))).toEqual([]);
    expect([...found].filter((key) => !wanted.includes(key) && !ours.has(key))).toEqual([]);
    const featureKeys = keys["config.toml"].filter(
      ({ key, deprecatedFor }) => key.startsWith("features.") && deprecatedFor === undefined,
    );
    expect(featureKeys.map(({ key }) => key.slice("features.".length)).sort()).toEqual([...features].sort());
  });

  it("has the defaults that the schema has", () => {
    const rows = new Map(keyRows(configToml).map(({ key, field }) => [key, field]));
    for (const spec of keys["config.toml"]) {
      const field = rows.get(spec.key);
      if (field === undefined || field.defaultNote !== undefined || field.required || spec.required === true) {
        continue;
      }
      const effective = ["mcp_servers.*.args", "mcp_servers.*.env_vars"].includes(spec.key)
        ? []
        : (field.fallback ?? null);
      expect([spec.key, effective]).toEqual([spec.key, spec.default ?? null]);
    }
  });

  it("has the keys of requirements.toml", () => {
    const found = keyRows(requirementsToml).map(({ key }) => key);
    expect(keys["requirements.toml"].map(({ key }) => key).filter((key) => !found.includes(key))).toEqual([]);
  });
});

describe("what is generated", () => {
  it("docs/config.md is up to date: `bun packages/config/scripts/generate.mjs` writes it", () => {
    expect(readFileSync(join(root, "docs/config.md"), "utf8")).toBe(configReference());
  });

  it("schema/config.schema.json is up to date: `bun packages/config/scripts/generate.mjs` writes it", () => {
    expect(JSON.parse(readFileSync(join(root, "schema/config.schema.json"), "utf8"))).toEqual(configJsonSchema());
  });
});
