/** The configuration of a session, complete and immutable: what every other package reads. */

import type {
  AbsolutePath,
  ApprovalPolicy,
  Personality,
  ReasoningEffort,
  ReasoningSummary,
  SandboxMode,
  SandboxPolicy,
  Verbosity,
} from "@codex-ts/protocol";
import type { ConfigLayer, TrustLevel } from "../layers/layer.js";
import type { ConfigToml, ProfileToml } from "../schema/config-toml.js";
import type { FeatureKey } from "../schema/features.js";
import type { McpServerConfig } from "../schema/mcp-server.js";
import type { OtelExporter } from "../schema/otel.js";
import type { TomlTable } from "../toml/nodes.js";
import type { Features } from "./features.js";
import type { ModelProviderInfo } from "./providers.js";
import type { Requirements } from "./requirements.js";
import type { ConfigWarning, DeprecationNotice } from "./warnings.js";

/** Whether the model may search the web. */
export type WebSearchMode = "disabled" | "cached" | "live";

/** Which of our variables commands see; applied in the order of the fields. */
export interface ShellEnvironmentPolicy {
  readonly inherit: "core" | "all" | "none";
  /** False: drop names that look like secrets. */
  readonly ignoreDefaultExcludes: boolean;
  /** Patterns with `*` and `?`, any case, for whole names. */
  readonly exclude: readonly string[];
  readonly set: Readonly<Record<string, string>>;
  /** If not empty, only names that match stay, those of `set` included. */
  readonly includeOnly: readonly string[];
  readonly useProfile: boolean;
}

/** Everything that was decided about a session before it starts. Null means: not set, use what the comment says. */
export interface Config {
  readonly codexHome: AbsolutePath;
  readonly cwd: AbsolutePath;
  /** Name of the active profile. */
  readonly activeProfile: string | null;

  /** Null: the catalogue's default. */
  readonly model: string | null;
  /** Null: the session's model. */
  readonly reviewModel: string | null;
  readonly modelProviderId: string;
  readonly modelProvider: ModelProviderInfo;
  readonly modelProviders: ReadonlyMap<string, ModelProviderInfo>;
  /** Tokens; null: what the catalogue says. */
  readonly modelContextWindow: number | null;
  /** Tokens; null: what the catalogue says. */
  readonly modelAutoCompactTokenLimit: number | null;
  /** Null: the model's own. */
  readonly modelReasoningEffort: ReasoningEffort | null;
  readonly modelReasoningSummary: ReasoningSummary;
  /** True forces summaries on; null: what the catalogue says. */
  readonly modelSupportsReasoningSummaries: boolean | null;
  readonly modelVerbosity: Verbosity | null;
  readonly modelPersonality: Personality | null;
  /** Tokens; null: what the catalogue says. */
  readonly toolOutputTokenLimit: number | null;

  /** Text that replaces the built-in instructions. */
  readonly baseInstructions: string | null;
  readonly developerInstructions: string | null;
  /** Null: the built-in prompt. */
  readonly compactPrompt: string | null;

  readonly approvalPolicy: ApprovalPolicy;
  readonly sandboxPolicy: SandboxPolicy;
  /** True when Windows has no sandbox for `workspace-write`, so that it became `read-only`. */
  readonly sandboxDowngraded: boolean;
  readonly requirements: Requirements;
  readonly shellEnvironmentPolicy: ShellEnvironmentPolicy;

  readonly features: Features;
  readonly webSearch: WebSearchMode;
  readonly mcpServers: ReadonlyMap<string, McpServerConfig>;
  readonly mcpOauthCredentialsStore: "auto" | "file" | "keyring";
  /** Null: any free port. */
  readonly mcpOauthCallbackPort: number | null;

  readonly projectDocMaxBytes: number;
  readonly projectDocFallbackFilenames: readonly string[];
  readonly projectRootMarkers: readonly string[];
  readonly project: { readonly root: AbsolutePath; readonly trust: TrustLevel | null };

  readonly history: { readonly persistence: "save-all" | "none"; readonly maxBytes: number | null };
  /** True: nothing of this session is kept. */
  readonly ephemeral: boolean;
  readonly agents: { readonly maxThreads: number };
  /** Skills that the user switched off or on, from the user's own file. */
  readonly skills: readonly { readonly path: AbsolutePath; readonly enabled: boolean }[];
  /** Null: no limit. */
  readonly ghostSnapshot: {
    readonly ignoreLargeUntrackedFiles: number | null;
    readonly ignoreLargeUntrackedDirs: number | null;
    readonly disableWarnings: boolean;
  };
  /** Program and arguments; null: nobody is told. */
  readonly notify: readonly string[] | null;

  readonly tui: {
    readonly notifications: boolean | readonly string[];
    readonly animations: boolean;
    readonly showTooltips: boolean;
    readonly alternateScreen: "auto" | "always" | "never";
    readonly experimentalMode: "plan" | "code" | "pair_programming" | "execute" | "custom" | null;
  };
  readonly notice: ConfigToml["notice"];
  readonly fileOpener: "vscode" | "vscode-insiders" | "windsurf" | "cursor" | "none";
  /** The model is told of commands that the user runs with `!`. */
  readonly userShellInContext: boolean;
  readonly hideAgentReasoning: boolean;
  readonly showRawAgentReasoning: boolean;
  readonly disablePasteBurst: boolean;
  readonly checkForUpdateOnStartup: boolean;
  readonly windowsWslSetupAcknowledged: boolean;

  readonly chatgptBaseUrl: string;
  readonly cliAuthCredentialsStore: "file" | "keyring" | "auto";
  readonly forcedLoginMethod: "chatgpt" | "api" | null;
  readonly forcedChatgptWorkspaceId: string | null;
  /** Default for `--oss`; null: ask, or fail. */
  readonly ossProvider: string | null;

  /** Null: the program decides. */
  readonly analyticsEnabled: boolean | null;
  readonly feedbackEnabled: boolean;
  readonly otel: {
    readonly environment: string;
    readonly logUserPrompt: boolean;
    readonly exporter: OtelExporter;
    readonly traceExporter: OtelExporter;
  };

  readonly profiles: ReadonlyMap<string, ProfileToml>;
  /** Lowest precedence first; disabled ones included. */
  readonly layers: readonly ConfigLayer[];
  /** The union of the layers that count, as TOML. */
  readonly merged: TomlTable;
  /** What the user should know about the files: unknown keys, entries without effect, untrusted projects. */
  readonly warnings: readonly ConfigWarning[];
  /** Older names in use. */
  readonly deprecations: readonly DeprecationNotice[];
}

/** What the program itself decides: flags of the command line, fields of a request. They outrank every file. */
export interface HarnessOverrides {
  readonly model?: string | null;
  readonly reviewModel?: string | null;
  readonly modelProvider?: string | null;
  readonly approvalPolicy?: ApprovalPolicy | null;
  readonly sandboxMode?: SandboxMode | null;
  /** Paths, relative ones to the working folder. */
  readonly additionalWritableRoots?: readonly string[];
  readonly reasoningEffort?: ReasoningEffort | null;
  readonly reasoningSummary?: ReasoningSummary | null;
  readonly personality?: Personality | null;
  readonly baseInstructions?: string | null;
  readonly developerInstructions?: string | null;
  readonly compactPrompt?: string | null;
  readonly showRawAgentReasoning?: boolean | null;
  readonly webSearch?: WebSearchMode | null;
  readonly ephemeral?: boolean;
  /** `--oss`: a local model; the provider may be named. */
  readonly oss?: { readonly localProvider?: string | null } | null;
  readonly features?: Readonly<Partial<Record<FeatureKey, boolean>>>;
}
