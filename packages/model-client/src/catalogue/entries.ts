/** The list of models that people can choose from: the built-in one, and merging a server's list over it. Pure. */

import type { ModelPreset, ReasoningEffort, ReasoningEffortPreset } from "@codex-ts/protocol";
import { modelFamily, type ModelFamily } from "./family.js";

/** A model of the list. */
export interface CatalogueEntry {
  slug: string;
  displayName: string;
  description: string;
  /** Listed ones are offered to people; hidden and `none` ones work when named. */
  visibility: "list" | "hide" | "none";
  /** Whether an API key is enough, or a ChatGPT login is needed. */
  supportedInApi: boolean;
  /** Lower comes first. */
  priority: number;
  supportedReasoningEfforts: readonly ReasoningEffortPreset[];
  defaultReasoningEffort: ReasoningEffort;
  /** The model to move to. */
  upgrade: { model: string; text: string | null } | null;
  family: ModelFamily;
}

const EFFORTS: Readonly<Record<ReasoningEffort, string>> = {
  none: "Answers without reasoning first",
  minimal: "Hardly any reasoning, for the quickest answers",
  low: "Little reasoning: quick, for plain questions and small edits",
  medium: "Enough reasoning for everyday work",
  high: "Much reasoning, for hard or unclear problems",
  xhigh: "The most reasoning there is: slow, for the hardest problems",
};

const NEWEST = "gpt-5.2-codex";
const TO_HIGH = ["low", "medium", "high"] as const;
const TO_XHIGH = ["low", "medium", "high", "xhigh"] as const;
const MINI = ["medium", "high"] as const;

/** The list that the program comes with, best first. */
export function builtinEntries(): CatalogueEntry[] {
  return [
    builtin(1, "gpt-5.2-codex", "list", TO_XHIGH, "The strongest model for coding with tools."),
    builtin(2, "gpt-5.2", "list", TO_XHIGH, "The strongest general model; good at coding, broad in knowledge."),
    builtin(3, "gpt-5.1-codex-max", "list", TO_XHIGH, "An earlier coding model for long, deep tasks."),
    builtin(4, "gpt-5.1-codex", "hide", TO_HIGH, "An earlier coding model."),
    builtin(5, "gpt-5.1-codex-mini", "list", MINI, "A small coding model: cheaper and faster, less able."),
    builtin(6, "gpt-5.1", "hide", TO_HIGH, "An earlier general model."),
    builtin(7, "gpt-5-codex", "hide", TO_HIGH, "The first GPT-5 made for coding."),
    builtin(8, "gpt-5", "hide", ["minimal", ...TO_HIGH], "The first GPT-5."),
    builtin(9, "gpt-5-codex-mini", "hide", MINI, "The first small GPT-5 made for coding."),
  ];
}

/** Models that work when named, after every list. */
function unlistedEntries(): CatalogueEntry[] {
  return [
    builtin(Number.MAX_SAFE_INTEGER, "bengalfox", "hide", TO_XHIGH, "A coding model under test."),
    builtin(Number.MAX_SAFE_INTEGER, "boomslang", "hide", TO_XHIGH, "A general model under test."),
  ];
}

function builtin(
  priority: number,
  slug: string,
  visibility: CatalogueEntry["visibility"],
  efforts: readonly ReasoningEffort[],
  description: string,
): CatalogueEntry {
  return {
    slug,
    displayName: slug,
    description,
    visibility,
    supportedInApi: true,
    priority,
    supportedReasoningEfforts: efforts.map((effort) => ({ effort, description: EFFORTS[effort] })),
    defaultReasoningEffort: "medium",
    upgrade: slug === NEWEST ? null : { model: NEWEST, text: null },
    family: { ...modelFamily(slug), defaultReasoningEffort: "medium" },
  };
}

/** A server's list over ours: its entries replace ours of the same slug, new ones are added. */
export function mergeEntries(ours: readonly CatalogueEntry[], theirs: readonly CatalogueEntry[]): CatalogueEntry[] {
  const merged = new Map(ours.map((entry) => [entry.slug, entry]));
  for (const entry of theirs) merged.set(entry.slug, entry);
  return [...merged.values()];
}

/** The model as requests are made for it: from the list when it is there, else by its slug. */
export function resolveModel(slug: string, entries: readonly CatalogueEntry[]): ModelFamily {
  return entries.find((entry) => entry.slug === slug)?.family ?? modelFamily(slug);
}

/**
 * The list as it is shown: best first, the first listed model is the default.
 * @param chatgptLogin without one, models that need it are left out
 */
export function modelPresets(entries: readonly CatalogueEntry[], chatgptLogin: boolean): ModelPreset[] {
  const known = new Set(entries.map((entry) => entry.slug));
  const all = [...entries, ...unlistedEntries().filter((entry) => !known.has(entry.slug))]
    .filter((entry) => chatgptLogin || entry.supportedInApi)
    .sort((a, b) => a.priority - b.priority);
  const first = all.find((entry) => entry.visibility === "list");
  return all.map((entry) => preset(entry, entry === first));
}

function preset(entry: CatalogueEntry, isDefault: boolean): ModelPreset {
  return {
    id: entry.slug,
    model: entry.slug,
    display_name: entry.displayName,
    description: entry.description,
    default_reasoning_effort: entry.defaultReasoningEffort,
    supported_reasoning_efforts: [...entry.supportedReasoningEfforts],
    is_default: isDefault,
    upgrade:
      entry.upgrade === null
        ? null
        : { id: entry.upgrade.model, migration_config_key: entry.upgrade.model, upgrade_copy: entry.upgrade.text },
    show_in_picker: entry.visibility === "list",
    supported_in_api: entry.supportedInApi,
  };
}
