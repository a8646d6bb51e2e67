/** What a model can do and how it wants to be spoken to, by the beginning of its slug. Pure data. */

import type { ReasoningEffort, TruncationPolicy, Verbosity } from "@codex-ts/protocol";

/** Which tool a model runs commands with. */
export type ShellTool = "shell" | "local_shell" | "shell_command" | "unified_exec" | "disabled";

/**
 * Which of core's base instructions a model gets. `general`: for any model; `general-with-patch`: the same and how the
 * patch format works, for models without a patch tool; the others are tuned to the models they are named after.
 */
export type InstructionsKind =
  | "general"
  | "general-with-patch"
  | "codex"
  | "codex-max"
  | "codex-5.2"
  | "gpt-5.1"
  | "gpt-5.2";

/** Instructions that came with a remote list. */
export interface RemoteInstructions {
  text: string;
  /** With the placeholder `{{ personality_message }}`, and a text for each personality. */
  template: { text: string; personalities: Readonly<Record<string, string>> } | null;
}

/** A model as requests are made for it. */
export interface ModelFamily {
  /** As asked for. */
  slug: string;
  /** Tokens; null when nothing is known of the model. */
  contextWindow: number | null;
  /** How much of the window is used before it counts as full. */
  effectiveContextWindowPercent: number;
  /** Tokens; null: 90 % of the window. */
  autoCompactTokenLimit: number | null;
  shellTool: ShellTool;
  applyPatchTool: "freeform" | "function" | null;
  supportsReasoningSummaries: boolean;
  defaultReasoningEffort: ReasoningEffort | null;
  supportsVerbosity: boolean;
  defaultVerbosity: Verbosity | null;
  supportsParallelToolCalls: boolean;
  /** For tool outputs in the conversation. */
  truncation: TruncationPolicy;
  /** Tools beyond the usual: `read_file`, `list_dir`, `grep_files`. */
  experimentalTools: readonly string[];
  instructions: InstructionsKind;
  /** Replaces `instructions` where a server sent its own. */
  remoteInstructions: RemoteInstructions | null;
  /** Whether the instructions have a place for a personality. */
  supportsPersonality: boolean;
  /** False when the slug was not recognised and these are only cautious guesses. */
  known: boolean;
}

type Traits = Partial<Omit<ModelFamily, "slug" | "known">>;

const UNKNOWN: Omit<ModelFamily, "slug"> = {
  contextWindow: null,
  effectiveContextWindowPercent: 95,
  autoCompactTokenLimit: null,
  shellTool: "shell",
  applyPatchTool: null,
  supportsReasoningSummaries: false,
  defaultReasoningEffort: null,
  supportsVerbosity: false,
  defaultVerbosity: null,
  supportsParallelToolCalls: false,
  truncation: { mode: "bytes", limit: 10_000 },
  experimentalTools: [],
  instructions: "general",
  remoteInstructions: null,
  supportsPersonality: false,
  known: false,
};

const TOKENS: TruncationPolicy = { mode: "tokens", limit: 10_000 };

const CODEX: Traits = {
  shellTool: "shell_command",
  applyPatchTool: "freeform",
  supportsReasoningSummaries: true,
  truncation: TOKENS,
  instructions: "codex",
};

const CODEX_52: Traits = { ...CODEX, supportsParallelToolCalls: true, instructions: "codex-5.2" };

const GPT_51: Traits = {
  shellTool: "shell_command",
  applyPatchTool: "freeform",
  supportsReasoningSummaries: true,
  defaultReasoningEffort: "medium",
  supportsVerbosity: true,
  defaultVerbosity: "low",
  supportsParallelToolCalls: true,
  instructions: "gpt-5.1",
};

/** The first entry of which a prefix fits wins. Without a window of its own a family has 272,000 tokens. */
const FAMILIES: readonly { prefixes: readonly string[]; traits: Traits }[] = [
  {
    prefixes: ["o3", "o4-mini"],
    traits: { contextWindow: 200_000, supportsReasoningSummaries: true, instructions: "general-with-patch" },
  },
  {
    prefixes: ["codex-mini-latest"],
    traits: {
      contextWindow: 200_000,
      shellTool: "local_shell",
      supportsReasoningSummaries: true,
      instructions: "general-with-patch",
    },
  },
  { prefixes: ["gpt-4.1"], traits: { contextWindow: 1_047_576, instructions: "general-with-patch" } },
  { prefixes: ["gpt-oss", "openai/gpt-oss"], traits: { contextWindow: 96_000, applyPatchTool: "function" } },
  { prefixes: ["gpt-4o"], traits: { contextWindow: 128_000, instructions: "general-with-patch" } },
  { prefixes: ["gpt-3.5"], traits: { contextWindow: 16_385, instructions: "general-with-patch" } },
  {
    prefixes: ["test-gpt-5"],
    traits: {
      shellTool: "shell_command",
      supportsReasoningSummaries: true,
      supportsVerbosity: true,
      supportsParallelToolCalls: true,
      truncation: TOKENS,
      experimentalTools: ["read_file", "list_dir", "grep_files", "test_sync_tool"],
      instructions: "codex",
    },
  },
  { prefixes: ["exp-codex", "codex-1p"], traits: { ...CODEX_52, supportsPersonality: true } },
  { prefixes: ["exp-"], traits: { ...GPT_51, shellTool: "unified_exec", instructions: "general" } },
  { prefixes: ["gpt-5.2-codex", "bengalfox"], traits: CODEX_52 },
  { prefixes: ["gpt-5.1-codex-max"], traits: { ...CODEX, instructions: "codex-max" } },
  { prefixes: ["gpt-5-codex", "gpt-5.1-codex", "codex-"], traits: CODEX },
  { prefixes: ["gpt-5.2", "boomslang"], traits: { ...GPT_51, instructions: "gpt-5.2" } },
  { prefixes: ["gpt-5.1"], traits: GPT_51 },
  {
    prefixes: ["gpt-5"],
    traits: { supportsReasoningSummaries: true, supportsVerbosity: true, instructions: "general-with-patch" },
  },
];

/** What is known of a model by its slug alone. */
export function modelFamily(slug: string): ModelFamily {
  const family = FAMILIES.find(({ prefixes }) => prefixes.some((prefix) => slug.startsWith(prefix)));
  if (family === undefined) return { slug, ...UNKNOWN };
  return { slug, ...UNKNOWN, contextWindow: 272_000, ...family.traits, known: true };
}

/** What config.toml says about a model; null: nothing. */
export interface ModelOverrides {
  supportsReasoningSummaries: boolean | null;
  contextWindow: number | null;
  autoCompactTokenLimit: number | null;
  /** Tokens. */
  toolOutputTokenLimit: number | null;
}

/** One token is reckoned as four bytes everywhere. */
const BYTES_PER_TOKEN = 4;

/** The family with config.toml's word over the catalogue's. */
export function withOverrides(family: ModelFamily, overrides: ModelOverrides): ModelFamily {
  const limit = overrides.toolOutputTokenLimit;
  const { mode } = family.truncation;
  return {
    ...family,
    supportsReasoningSummaries: overrides.supportsReasoningSummaries ?? family.supportsReasoningSummaries,
    contextWindow: overrides.contextWindow ?? family.contextWindow,
    autoCompactTokenLimit: overrides.autoCompactTokenLimit ?? family.autoCompactTokenLimit,
    truncation:
      limit === null ? family.truncation : { mode, limit: mode === "bytes" ? limit * BYTES_PER_TOKEN : limit },
  };
}
