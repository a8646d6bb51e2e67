/** What is odd, but no error: unknown keys, entries without effect, older names, untrusted projects. */

import { join } from "node:path";
import type { ConfigLayer } from "../layers/layer.js";
import type { ConfigToml, ProfileToml } from "../schema/config-toml.js";
import { nearestName } from "../schema/nearest.js";
import type { UnknownKey } from "../schema/read.js";
import { textRange, type TextRange } from "../toml/position.js";
import type { Features } from "./features.js";
import { isBuiltInProvider } from "./providers.js";

/** Something the user should know about the configuration. */
export interface ConfigWarning {
  readonly kind:
    | "unknownKey"
    | "unknownFeature"
    | "noEffect"
    | "untrustedProject"
    | "unstableFeatures"
    | "sandboxDowngraded";
  /** One line, with file, line and column where there are any. */
  readonly message: string;
  readonly file: string | null;
  readonly range: TextRange | null;
  /** False for what is worth a line in a log only: most likely a setting of a newer release. */
  readonly important: boolean;
}

/** An older name in use, as the deprecation event tells it. */
export interface DeprecationNotice {
  readonly summary: string;
  readonly details: string | null;
}

/** A warning for each unknown key, with the name that was probably meant. */
export function unknownKeyWarnings(unknown: readonly UnknownKey[]): ConfigWarning[] {
  return unknown.map(({ path, entry, known }) => {
    const key = path[path.length - 1] ?? "";
    const isFeature = path[path.length - 2] === "features";
    const nearest = nearestName(key, known);
    const what = isFeature ? "unknown feature" : "unknown key";
    const hint = nearest === null ? "" : `; did you mean \`${[...path.slice(0, -1), nearest].join(".")}\`?`;
    const { file } = entry.value.source;
    const range = file === null ? null : textRange(entry.value.source, entry.keySpan);
    const place = range === null ? "" : `${file}:${range.start.line}:${range.start.column}: `;
    return {
      kind: isFeature ? "unknownFeature" : "unknownKey",
      message: `${place}${what} \`${path.join(".")}\` is ignored${hint}`,
      file,
      range,
      important: !isFeature || nearest !== null,
    };
  });
}

/** A warning for each provider entry that a built-in provider hides. */
export function hiddenProviderWarnings(toml: ConfigToml): ConfigWarning[] {
  return [...(toml.model_providers?.keys() ?? [])].filter(isBuiltInProvider).map((id) => ({
    kind: "noEffect",
    message: `\`model_providers.${id}\` has no effect: \`${id}\` is built in; give your provider another name and select it with \`model_provider\``,
    file: null,
    range: null,
    important: true,
  }));
}

/** Says once that a project's configuration is there and not used. */
export function untrustedProjectWarnings(layers: readonly ConfigLayer[]): ConfigWarning[] {
  const ignored = layers.filter((layer) => layer.name.type === "project" && layer.disabledReason !== null);
  const nearest = ignored[ignored.length - 1];
  if (nearest?.name.type !== "project" || nearest.disabledReason === null) {
    return [];
  }
  const file = join(nearest.name.dotCodexFolder, "config.toml");
  const message = `${file} is not used. ${nearest.disabledReason}`;
  return [{ kind: "untrustedProject", message, file, range: null, important: true }];
}

/** Says which features under development are on, unless told not to. */
export function unstableFeatureWarnings(features: Features, toml: ConfigToml, userFile: string): ConfigWarning[] {
  if (features.unstable.length === 0 || toml.suppress_unstable_features_warning) {
    return [];
  }
  const message =
    `Under-development features enabled: ${features.unstable.join(", ")}. ` +
    "Under-development features are incomplete and may behave unpredictably. " +
    `To suppress this warning, set \`suppress_unstable_features_warning = true\` in ${userFile}.`;
  return [{ kind: "unstableFeatures", message, file: userFile, range: null, important: true }];
}

/** Says why `workspace-write` became `read-only`. */
export function sandboxDowngradeWarnings(downgraded: boolean): ConfigWarning[] {
  const message =
    "The sandbox mode `workspace-write` needs a sandbox that is switched off on Windows, so commands run in `read-only`. " +
    "Switch it on with `--enable experimental_windows_sandbox`, or choose another `sandbox_mode`.";
  return downgraded ? [{ kind: "sandboxDowngraded", message, file: null, range: null, important: true }] : [];
}

/** A notice for each older name in use. */
export function deprecationNotices(
  features: Features,
  toml: ConfigToml,
  profile: ProfileToml | undefined,
): DeprecationNotice[] {
  const notices: DeprecationNotice[] = features.legacyUses.map(({ alias, key }) => ({
    summary: `\`${alias}\` is deprecated. Use \`[features].${key}\` instead.`,
    details:
      `Enable it with \`--enable ${key}\` or \`[features].${key}\` in config.toml. ` +
      "See https://github.com/openai/codex/blob/main/docs/config.md#feature-flags for details.",
  }));
  if ((toml.experimental_instructions_file ?? profile?.experimental_instructions_file) !== undefined) {
    notices.push({
      summary: "`experimental_instructions_file` is deprecated and ignored. Use `model_instructions_file` instead.",
      details:
        "Move the setting to `model_instructions_file` in config.toml (or under a profile) to load instructions from a file.",
    });
  }
  return notices;
}
