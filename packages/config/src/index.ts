/** config.toml and its layers: reading, schema, profiles, requirements, features, trust, and comment-preserving edits. */

export { readDotenv } from "./dotenv.js";
export { ConfigError, osErrorText } from "./errors.js";
export type { ConfigErrorKind } from "./errors.js";
export { ConfigVersionConflict, editConfig } from "./edit/edit-config.js";
export type { EditOptions, EditPlan, EditResult } from "./edit/edit-config.js";
export { LockTimeoutError, withFileLock } from "./edit/file-lock.js";
export type { LockOptions } from "./edit/file-lock.js";
export { livenessOf, readHolder, thisProcess } from "./edit/lock-holder.js";
export type { LockingProcess } from "./edit/lock-holder.js";
export { editToml } from "./edit/plan.js";
export type { ConfigEdit } from "./edit/plan.js";
export { replaceFile } from "./edit/replace-file.js";
export {
  isMcpServerName,
  mcpServerEdits,
  mcpServerJson,
  mcpServerRemoval,
  modelEdits,
  skillEdits,
  trustEdits,
} from "./edit/settings.js";
export type { ModelSettingsChange } from "./edit/settings.js";
export { homeFolder, resolveCodexHome } from "./home.js";
export type { Environment } from "./home.js";
export { COMPATIBLE_VERSION, loadConfig, readConfigTable } from "./load.js";
export type { LoadOptions } from "./load.js";
export type { ConfigLayer, TrustLevel } from "./layers/layer.js";
export { layerVersion } from "./layers/layer.js";
export type { ConfigLayerSource } from "./layers/layer-source.js";
export { adminLocations } from "./layers/locations.js";
export { readLayers, userConfigFile } from "./layers/stack.js";
export type { LayerOptions, LayerStack } from "./layers/stack.js";
export type { AdminLocations } from "./layers/locations.js";
export type { SessionOverrides } from "./layers/overrides.js";
export { findProjectRoot, mainRepositoryRoot } from "./layers/project.js";
export type { Config, HarnessOverrides, ShellEnvironmentPolicy, WebSearchMode } from "./resolve/config.js";
export type { Features, LegacyFeatureUse } from "./resolve/features.js";
export { readMcpServers } from "./resolve/mcp-servers.js";
export { DEFAULT_BASE_URLS, DEFAULT_PROVIDER_ID, OSS_PROVIDER_IDS } from "./resolve/providers.js";
export type { ModelProviderInfo, WireApi } from "./resolve/providers.js";
export { checkApprovalPolicy, checkSandboxMode } from "./resolve/requirements.js";
export type { AllowedSandboxMode, Requirement, Requirements } from "./resolve/requirements.js";
export type { ConfigWarning, DeprecationNotice } from "./resolve/warnings.js";
export type { ConfigToml, ModelProviderToml, ProfileToml } from "./schema/config-toml.js";
export { nearestName } from "./schema/nearest.js";
export { featureKey, featureSpecs } from "./schema/features.js";
export type { FeatureKey, FeatureSpec, FeatureStage } from "./schema/features.js";
export {
  DEFAULT_MCP_STARTUP_TIMEOUT_SEC,
  DEFAULT_MCP_TOOL_TIMEOUT_SEC,
  PLAIN_MCP_SERVER,
} from "./schema/mcp-server.js";
export type { McpHttpTransport, McpServerConfig, McpStdioTransport } from "./schema/mcp-server.js";
export type { OtelExporter, OtelTls } from "./schema/otel.js";
export { viewConfig } from "./service/config-read.js";
export type { ConfigView, LayerMetadata, LayerView } from "./service/config-read.js";
export { ConfigWriteError, writeConfigValues } from "./service/config-write.js";
export type {
  ConfigValueEdit,
  ConfigWriteErrorCode,
  ConfigWriteRequest,
  ConfigWriteResponse,
} from "./service/config-write.js";
export { configJsonSchema } from "./schema/document-schema.js";
export { configReference } from "./schema/reference.js";
export { jsonToToml, tomlToJson, TomlSyntaxError } from "./toml/nodes.js";
export type { Json, TomlDocument, TomlSource, TomlTable, TomlValue } from "./toml/nodes.js";
export { parseToml } from "./toml/parse.js";
export type { TextPosition, TextRange } from "./toml/position.js";
