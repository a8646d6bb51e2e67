/** Puts a model's base instructions together from our texts, or from those that its server sent. */

import type { ModelFamily } from "@codex-ts/model-client";
import type { Personality } from "@codex-ts/protocol";
import {
  baseCodex,
  baseGeneral,
  modelCodexMax,
  modelGpt5,
  patchFormat,
  personalityFriendly,
  personalityPragmatic,
} from "../generated/prompts.js";

/** Where a template wants the personality's text. */
const PERSONALITY_PLACEHOLDER = "{{ personality_message }}";

/** The instructions of a model, with a personality where it has a place for one. */
export function instructionsFor(model: ModelFamily, personality: Personality | null): string {
  const remote = model.remoteInstructions;
  if (remote !== null) {
    if (remote.template === null || personality === null) return remote.text;
    const text = remote.template.personalities[personality] ?? "";
    return remote.template.text.replaceAll(PERSONALITY_PLACEHOLDER, text);
  }
  const own = ownInstructions(model);
  const text = personality === null ? null : personalityTextFor(model, personality);
  return text === null ? own : `${own}\n\n# Tone\n\n${text}`;
}

/** The text of a personality for a model; null when the model knows none. */
export function personalityTextFor(model: ModelFamily, personality: Personality): string | null {
  if (!model.supportsPersonality) return null;
  const remote = model.remoteInstructions?.template?.personalities[personality];
  return remote ?? { friendly: personalityFriendly, pragmatic: personalityPragmatic }[personality];
}

function ownInstructions({ instructions }: ModelFamily): string {
  switch (instructions) {
    case "general":
      return baseGeneral;
    case "general-with-patch":
      return `${baseGeneral}\n${patchFormat}`;
    case "codex":
    case "codex-5.2":
      return baseCodex;
    case "codex-max":
      return `${baseCodex}\n${modelCodexMax}`;
    case "gpt-5.1":
    case "gpt-5.2":
      return `${baseGeneral}\n${modelGpt5}`;
  }
}
