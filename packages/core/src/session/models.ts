/** What a session needs to know of its models: the catalogue's word, then the config's. */

import { withOverrides, type ModelCatalogue, type ModelFamily, type ModelOverrides } from "@codex-ts/model-client";
import type { ModelPreset, Personality, Verbosity } from "@codex-ts/protocol";
import { instructionsFor, personalityTextFor } from "../instructions/base-instructions.js";

/** A model as turns are made for it. */
export interface ModelProfile extends ModelFamily {
  /** Tokens that may be in use, less than the whole window; null for unknown models. */
  usableWindow: number | null;
  /** Tokens at which the conversation is compacted; null: never by itself. */
  autoCompactLimit: number | null;
  /** How long answers should be; null: nothing is asked for. */
  verbosity: Verbosity | null;
}

/** What the config says about models. */
export interface ModelSettings extends ModelOverrides {
  verbosity: Verbosity | null;
}

/** The part of the model catalogue that a session needs. */
export type Catalogue = Pick<ModelCatalogue, "family" | "noteEtag" | "presets">;

/** Models by slug. */
export interface ModelProfiles {
  profile(slug: string): ModelProfile;
  /** The base instructions of a model. */
  instructions(slug: string, personality: Personality | null): string;
  /** The model's text for a personality; null when it has none. */
  personalityText(slug: string, personality: Personality): string | null;
  noteEtag(etag: string): void;
  /** The list as it is shown. */
  presets(): ModelPreset[];
}

/** Profiles from a catalogue and the config. */
export function modelProfiles(catalogue: Catalogue, settings: ModelSettings): ModelProfiles {
  const profile = (slug: string): ModelProfile =>
    makeProfile(withOverrides(catalogue.family(slug), settings), settings);
  return {
    profile,
    instructions: (slug, personality) => instructionsFor(profile(slug), personality),
    personalityText: (slug, personality) => personalityTextFor(profile(slug), personality),
    presets: () => catalogue.presets(false),
    noteEtag: (etag) => void catalogue.noteEtag(etag),
  };
}

function makeProfile(family: ModelFamily, settings: ModelSettings): ModelProfile {
  const { contextWindow, effectiveContextWindowPercent, autoCompactTokenLimit } = family;
  return {
    ...family,
    usableWindow: contextWindow === null ? null : Math.floor((contextWindow * effectiveContextWindowPercent) / 100),
    autoCompactLimit: autoCompactTokenLimit ?? (contextWindow === null ? null : Math.floor((contextWindow * 9) / 10)),
    verbosity: family.supportsVerbosity ? (settings.verbosity ?? family.defaultVerbosity) : null,
  };
}
