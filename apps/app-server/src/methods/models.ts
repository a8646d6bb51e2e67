/** Lists models, collaboration modes and features. */

import { type ExperimentalFeature, type ExperimentalFeatureStage, modelToV2 } from "@codex-ts/app-server-protocol";
import type { Features, FeatureStage } from "@codex-ts/config";
import { collaborationModes, modelProfiles } from "@codex-ts/core";
import type { Methods } from "../router/call.js";
import { pageOf } from "./page.js";

export const modelMethods = {
  "model/list": async (page, { engine }) => {
    await engine.models.refresh();
    const account = await engine.auth.account();
    const presets = engine.models.presets(account?.type === "chatgpt");
    const profiles = modelProfiles(engine.models, NO_SETTINGS);
    return pageOf(
      presets
        .filter(({ show_in_picker: shown }) => shown)
        .map((preset) => modelToV2(preset, profiles.personalityText(preset.model, "friendly") !== null)),
      page,
      "models",
    );
  },

  "collaborationMode/list": () => ({ data: collaborationModes() }),

  "experimentalFeature/list": (page, { engine }) => pageOf(featureList(engine.config.features), page, "features"),
} satisfies Methods;

const NO_SETTINGS = {
  supportsReasoningSummaries: null,
  contextWindow: null,
  autoCompactTokenLimit: null,
  toolOutputTokenLimit: null,
  verbosity: null,
};

const STAGES: Readonly<Record<FeatureStage, ExperimentalFeatureStage>> = {
  stable: "stable",
  experimental: "beta",
  "under development": "underDevelopment",
};

function featureList({ list }: Features): ExperimentalFeature[] {
  return list.map(({ spec, enabled }) => ({
    name: spec.key,
    stage: STAGES[spec.stage],
    displayName: null,
    description: spec.doc,
    announcement: null,
    enabled,
    defaultEnabled: spec.defaultEnabled,
  }));
}
