/** Reads a server's or the cache's list of models. Entries that lack a slug are skipped, unknown members are ignored. Pure. */

import type { ReasoningEffort, ReasoningEffortPreset, TruncationPolicy, Verbosity } from "@codex-ts/protocol";
import { isRecord, numberMember, recordMember, stringMember } from "../json.js";
import type { CatalogueEntry } from "./entries.js";
import { modelFamily, type ModelFamily, type RemoteInstructions, type ShellTool } from "./family.js";

type Json = Readonly<Record<string, unknown>>;

/** @param models the `models` member of the reply or the cache file */
export function readModels(models: unknown): CatalogueEntry[] {
  if (!Array.isArray(models)) return [];
  return models.map(readModel).filter((entry) => entry !== null);
}

function readModel(model: unknown): CatalogueEntry | null {
  if (!isRecord(model)) return null;
  const slug = stringMember(model, "slug");
  if (slug === null || slug === "") return null;
  const efforts = readEfforts(model["supported_reasoning_levels"]);
  const defaultEffort = readEffort(model["default_reasoning_level"]);
  return {
    slug,
    displayName: stringMember(model, "display_name") ?? slug,
    description: stringMember(model, "description") ?? "",
    visibility: readVisibility(model["visibility"]),
    supportedInApi: model["supported_in_api"] !== false,
    priority: numberMember(model, "priority") ?? Number.MAX_SAFE_INTEGER,
    supportedReasoningEfforts: efforts,
    defaultReasoningEffort: defaultEffort ?? "medium",
    upgrade: readUpgrade(model["upgrade"]),
    family: readFamily(slug, model, defaultEffort),
  };
}

function readFamily(slug: string, model: Json, defaultEffort: ReasoningEffort | null): ModelFamily {
  const base = modelFamily(slug);
  const flag = (key: string, otherwise: boolean): boolean => (typeof model[key] === "boolean" ? model[key] : otherwise);
  const instructions = readInstructions(model);
  return {
    ...base,
    known: true,
    contextWindow: numberMember(model, "context_window") ?? base.contextWindow,
    autoCompactTokenLimit: numberMember(model, "auto_compact_token_limit") ?? base.autoCompactTokenLimit,
    effectiveContextWindowPercent:
      numberMember(model, "effective_context_window_percent") ?? base.effectiveContextWindowPercent,
    shellTool: readShellTool(model["shell_type"]) ?? base.shellTool,
    applyPatchTool:
      "apply_patch_tool_type" in model ? readPatchTool(model["apply_patch_tool_type"]) : base.applyPatchTool,
    supportsReasoningSummaries: flag("supports_reasoning_summaries", base.supportsReasoningSummaries),
    defaultReasoningEffort: defaultEffort,
    supportsVerbosity: flag("support_verbosity", base.supportsVerbosity),
    defaultVerbosity: readVerbosity(model["default_verbosity"]),
    supportsParallelToolCalls: flag("supports_parallel_tool_calls", base.supportsParallelToolCalls),
    truncation: readTruncation(model["truncation_policy"]) ?? base.truncation,
    experimentalTools: readStrings(model["experimental_supported_tools"]),
    remoteInstructions: instructions,
    supportsPersonality: instructions === null ? base.supportsPersonality : hasPersonalities(instructions),
  };
}

function readInstructions(model: Json): RemoteInstructions | null {
  const text = stringMember(model, "base_instructions");
  if (text === null || text === "") return null;
  const template = recordMember(model, "model_instructions_template");
  const templateText = template === null ? null : stringMember(template, "template");
  if (template === null || templateText === null) return { text, template: null };
  const personalities = Object.entries(recordMember(template, "personality_messages") ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return { text, template: { text: templateText, personalities: Object.fromEntries(personalities) } };
}

function hasPersonalities({ template }: RemoteInstructions): boolean {
  if (template === null || !template.text.includes("{{ personality_message }}")) return false;
  return "friendly" in template.personalities && "pragmatic" in template.personalities;
}

function readEfforts(value: unknown): ReasoningEffortPreset[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((level) => {
    const effort = isRecord(level) ? readEffort(level["effort"]) : null;
    return effort === null ? [] : [{ effort, description: stringMember(level, "description") ?? "" }];
  });
}

function readEffort(value: unknown): ReasoningEffort | null {
  switch (value) {
    case "none":
    case "minimal":
    case "low":
    case "medium":
    case "high":
    case "xhigh":
      return value;
    default:
      return null;
  }
}

function readVisibility(value: unknown): CatalogueEntry["visibility"] {
  return value === "list" || value === "none" ? value : "hide";
}

function readUpgrade(value: unknown): CatalogueEntry["upgrade"] {
  if (!isRecord(value)) return null;
  const model = stringMember(value, "model");
  return model === null ? null : { model, text: stringMember(value, "migration_markdown") };
}

function readShellTool(value: unknown): ShellTool | null {
  switch (value) {
    case "default":
      return "shell";
    case "local":
      return "local_shell";
    case "unified_exec":
    case "disabled":
    case "shell_command":
      return value;
    default:
      return null;
  }
}

function readPatchTool(value: unknown): ModelFamily["applyPatchTool"] {
  return value === "freeform" || value === "function" ? value : null;
}

function readVerbosity(value: unknown): Verbosity | null {
  return value === "low" || value === "medium" || value === "high" ? value : null;
}

function readTruncation(value: unknown): TruncationPolicy | null {
  if (!isRecord(value)) return null;
  const limit = numberMember(value, "limit");
  const mode = value["mode"];
  return (mode === "bytes" || mode === "tokens") && limit !== null && limit > 0 ? { mode, limit } : null;
}

function readStrings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string") : [];
}
