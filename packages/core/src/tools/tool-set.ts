/** Chooses the tools of a turn by model and features, in the order in which models see them. */

import type { ToolDefinition } from "@codex-ts/model-client";
import type { ModelProfile } from "../session/models.js";
import type { Session } from "../session/session.js";
import { agentTools } from "../agents/agent-tools.js";
import { freeformPatchTool, functionPatchTool } from "./apply-patch.js";
import { localShellTool, shellCommandTool, shellTool } from "./shell.js";
import type { Tool, ToolCall } from "./tool.js";
import { updatePlanTool } from "./update-plan.js";
import { viewImageTool } from "./view-image.js";

/** The tools of a turn. */
export interface ToolSet {
  definitions: ToolDefinition[];
  /** The patch tool is offered as free text. */
  hasFreeformPatch: boolean;
  /** The tool that answers a call; null: there is none of that name. */
  find(call: ToolCall): Tool | null;
}

/** The tools that a model is offered in a session, and those it may call without an offer. */
export function toolSetFor(session: Session, model: ModelProfile): ToolSet {
  const patch = patchTool(session, model);
  const offered = [
    ...shellTools(session, model),
    ...session.services.mcp.resourceTools(),
    updatePlanTool,
    ...(patch === null ? [] : [patch]),
    ...(session.config.webSearch === "disabled" ? [] : [webSearchTool(session.config.webSearch)]),
    viewImageTool,
    ...agentTools(session),
    ...session.services.mcp.tools(),
  ];
  const byName = new Map<string, Tool>();
  // Any shell name is understood wherever there is a shell at all: models remember other versions.
  const unoffered = session.config.features.enabled("shell_tool") ? [shellTool, localShellTool, shellCommandTool] : [];
  for (const tool of [...unoffered, ...offered]) for (const name of tool.names) byName.set(name, tool);
  return {
    definitions: offered.flatMap((tool) => (tool.definition === null ? [] : [tool.definition])),
    hasFreeformPatch: patch === freeformPatchTool,
    find: (call) => byName.get(call.name) ?? null,
  };
}

// helpers

function shellTools(session: Session, model: ModelProfile): Tool[] {
  if (!session.config.features.enabled("shell_tool")) return [];
  switch (model.shellTool) {
    case "shell":
      return [shellTool];
    case "local_shell":
      return [localShellTool];
    case "shell_command":
      return [shellCommandTool];
    case "unified_exec":
      return [shellCommandTool];
    case "disabled":
      return [];
  }
}

function patchTool(session: Session, model: ModelProfile): Tool | null {
  switch (model.applyPatchTool) {
    case "freeform":
      return freeformPatchTool;
    case "function":
      return functionPatchTool;
    case null:
      return session.config.features.enabled("apply_patch_freeform") ? freeformPatchTool : null;
  }
}

/** A search that the server runs; it has no calls to answer. */
function webSearchTool(mode: "cached" | "live"): Tool {
  return {
    names: [],
    parallel: true,
    abortStyle: "plain",
    definition: { type: "web_search", external_web_access: mode === "live" },
    run: () => Promise.resolve(""),
  };
}
