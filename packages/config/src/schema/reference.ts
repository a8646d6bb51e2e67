/** The table of all keys for people: docs/config.md is this text. */

import { FEATURE_ALIASES, featureSpecs } from "./features.js";
import { configToml } from "./config-toml.js";
import { requirementsToml } from "./requirements-toml.js";
import type { Field, Shape } from "./shape.js";

/** One key, as a row of the table. */
export interface KeyRow {
  /** Dotted; `*` stands for any name, `[]` for the items of a list. */
  readonly key: string;
  readonly field: Field<unknown>;
}

/** Every key below a shape, in the order of declaration; older spellings that are only aliases are not rows. */
export function keyRows(shape: Shape<unknown>, prefix = ""): KeyRow[] {
  const rows: KeyRow[] = [];
  for (const [name, field] of Object.entries(shape.fields ?? {})) {
    const key = `${prefix}${/^[A-Za-z0-9_-]+$/.test(name) ? name : JSON.stringify(name)}`;
    const { fields, inner } = field.shape;
    const isGroup = fields !== undefined && field.shape.isValue !== true;
    if (!isGroup && inner?.fields === undefined) {
      rows.push({ key, field });
    }
    rows.push(...keyRows(field.shape, `${key}.`));
    if (inner?.fields !== undefined) {
      const isList = field.shape.describe()["type"] === "array";
      rows.push(...(isList ? [{ key, field }] : []), ...keyRows(inner, isList ? `${key}[].` : `${key}.*.`));
    }
  }
  return rows;
}

/** docs/config.md */
export function configReference(): string {
  return [
    "# Configuration keys",
    "",
    "Written by `configReference()` of `@codex-ts/config`; do not edit by hand.",
    "",
    "Unknown keys are ignored with a warning that names the file, the line and the nearest known key.",
    "",
    "## config.toml",
    "",
    ...table(keyRows(configToml)),
    "",
    "## Features",
    "",
    "Keys of `[features]` and of `profiles.*.features`; also `--enable` and `--disable`.",
    "",
    "| feature | stage | default | what it does |",
    "|---|---|---|---|",
    ...featureSpecs("linux").map(
      ({ key, stage, defaultEnabled, doc }) => `| \`${key}\` | ${stage} | ${defaultEnabled} | ${doc} |`,
    ),
    "",
    `Older names, still accepted: ${[...FEATURE_ALIASES].map(([alias, key]) => `\`${alias}\` (now \`${key}\`)`).join(", ")}.`,
    "",
    "## requirements.toml",
    "",
    ...table(keyRows(requirementsToml)),
    "",
  ].join("\n");
}

function table(rows: readonly KeyRow[]): string[] {
  return ["| key | type | default | what it does |", "|---|---|---|---|", ...rows.map(row)];
}

function row({ key, field }: KeyRow): string {
  const cells = [`\`${key}\``, typeText(field.shape), defaultText(field), docText(field)];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function typeText(shape: Shape<unknown>): string {
  const schema = shape.describe();
  if (shape.isPath === true) {
    return "path";
  }
  if (Array.isArray(schema["enum"])) {
    return schema["enum"].map((value) => `\`${String(value)}\``).join(", ");
  }
  if (schema["anyOf"] !== undefined) {
    return "word or table";
  }
  if (schema["type"] === "array") {
    return `list of ${shape.inner === undefined ? "values" : typeText(shape.inner)}`;
  }
  return schema["type"] === "object" ? "table" : String(schema["type"]);
}

function defaultText(field: Field<unknown>): string {
  if (field.required) {
    return "required";
  }
  if (field.defaultNote !== undefined) {
    return field.defaultNote;
  }
  return field.fallback === undefined ? "" : `\`${JSON.stringify(field.fallback)}\``;
}

function docText(field: Field<unknown>): string {
  const aliases =
    field.aliases === undefined ? "" : ` Also spelled ${field.aliases.map((each) => `\`${each}\``).join(", ")}.`;
  const replaced = field.deprecatedFor === undefined ? "" : ` Deprecated: use \`${field.deprecatedFor}\`.`;
  const noEffect = field.notApplicable === undefined ? "" : ` Not applicable: ${field.notApplicable}.`;
  return `${field.doc}${aliases}${replaced}${noEffect}`;
}
