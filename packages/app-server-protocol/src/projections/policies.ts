/** Policies, inputs and errors between core's words and those of v2 and v1. */

import type {
  CodexErrorInfo as CoreErrorInfo,
  SandboxPolicy as CorePolicy,
  SessionSource as CoreSource,
  TurnError as CoreTurnError,
  UserInput as CoreInput,
} from "@codex-ts/protocol";
import type { InputItem } from "../v1/conversations.js";
import type { CodexErrorInfo, TurnError } from "../v2/errors.js";
import type { UserInput } from "../v2/input.js";
import type { SandboxPolicy, SessionSource } from "../v2/policies.js";

/** @returns the policy with all members, as the server writes it */
export function sandboxPolicyToV2(policy: CorePolicy): SandboxPolicy {
  switch (policy.type) {
    case "danger-full-access":
      return { type: "dangerFullAccess" };
    case "read-only":
      return { type: "readOnly" };
    case "external-sandbox":
      return { type: "externalSandbox", networkAccess: policy.network_access ?? "restricted" };
    case "workspace-write":
      return {
        type: "workspaceWrite",
        writableRoots: policy.writable_roots ?? [],
        networkAccess: policy.network_access ?? false,
        excludeTmpdirEnvVar: policy.exclude_tmpdir_env_var ?? false,
        excludeSlashTmp: policy.exclude_slash_tmp ?? false,
      };
  }
}

/** @returns the policy in core's words; absent members mean their defaults */
export function sandboxPolicyFromV2(policy: SandboxPolicy): CorePolicy {
  switch (policy.type) {
    case "dangerFullAccess":
      return { type: "danger-full-access" };
    case "readOnly":
      return { type: "read-only" };
    case "externalSandbox":
      return { type: "external-sandbox", network_access: policy.networkAccess ?? "restricted" };
    case "workspaceWrite":
      return {
        type: "workspace-write",
        writable_roots: policy.writableRoots ?? [],
        network_access: policy.networkAccess ?? false,
        exclude_tmpdir_env_var: policy.excludeTmpdirEnvVar ?? false,
        exclude_slash_tmp: policy.excludeSlashTmp ?? false,
      };
  }
}

/** @returns the part of a message in v2's words */
export function userInputToV2(input: CoreInput): UserInput {
  switch (input.type) {
    case "text": {
      const elements = (input.text_elements ?? []).map((element) => ({
        byteRange: element.byte_range,
        placeholder: element.placeholder ?? null,
      }));
      return { type: "text", text: input.text, text_elements: elements };
    }
    case "image":
      return { type: "image", url: input.image_url };
    case "local_image":
      return { type: "localImage", path: input.path };
    case "skill":
      return { type: "skill", name: input.name, path: input.path };
  }
}

/** @returns the part of a message in core's words */
export function userInputFromV2(input: UserInput): CoreInput {
  switch (input.type) {
    case "text":
      return textInput(input.text, input.text_elements ?? []);
    case "image":
      return { type: "image", image_url: input.url };
    case "localImage":
      return { type: "local_image", path: input.path };
    case "skill":
      return { type: "skill", name: input.name, path: input.path };
  }
}

/** @returns the part of a v1 message in core's words */
export function userInputFromV1(item: InputItem): CoreInput {
  switch (item.type) {
    case "text":
      return textInput(item.data.text, item.data.text_elements ?? []);
    case "image":
      return { type: "image", image_url: item.data.image_url };
    case "localImage":
      return { type: "local_image", path: item.data.path };
  }
}

interface CamelElement {
  byteRange: { start: number; end: number };
  placeholder?: string | null;
}

function textInput(text: string, elements: readonly CamelElement[]): CoreInput {
  const text_elements = elements.map(({ byteRange, placeholder }) => ({
    byte_range: byteRange,
    placeholder: placeholder ?? null,
  }));
  return { type: "text", text, text_elements };
}

/** @returns which program started a thread; v2 calls `mcp` the app-server */
export function sessionSourceToV2(source: CoreSource): SessionSource {
  if (typeof source === "object") return { subAgent: source.subagent };
  return source === "mcp" ? "appServer" : source;
}

/** @returns a turn's error in v2's words */
export function turnErrorToV2(error: CoreTurnError): TurnError {
  const codexErrorInfo = error.info === null ? null : errorInfoToV2(error.info);
  return { message: error.message, codexErrorInfo, additionalDetails: error.additionalDetails };
}

const plainErrors = {
  context_window_exceeded: "contextWindowExceeded",
  usage_limit_exceeded: "usageLimitExceeded",
  internal_server_error: "internalServerError",
  unauthorized: "unauthorized",
  bad_request: "badRequest",
  sandbox_error: "sandboxError",
  thread_rollback_failed: "threadRollbackFailed",
  other: "other",
} as const;

/** @returns an error's class in v2's words */
export function errorInfoToV2(info: CoreErrorInfo): CodexErrorInfo {
  if (typeof info === "string") return plainErrors[info];
  if ("http_connection_failed" in info) return { httpConnectionFailed: detail(info.http_connection_failed) };
  if ("response_stream_connection_failed" in info) {
    return { responseStreamConnectionFailed: detail(info.response_stream_connection_failed) };
  }
  if ("response_stream_disconnected" in info) {
    return { responseStreamDisconnected: detail(info.response_stream_disconnected) };
  }
  return { responseTooManyFailedAttempts: detail(info.response_too_many_failed_attempts) };
}

function detail(error: { http_status_code?: number | null }): { httpStatusCode: number | null } {
  return { httpStatusCode: error.http_status_code ?? null };
}
