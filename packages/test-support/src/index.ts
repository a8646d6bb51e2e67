/** For tests only: a scriptable fake model server, temporary homes, and running the built executable. */

export { startFakeModel, type FakeModel, type RecordedRequest, type Script } from "./fake-model.js";
export {
  answer,
  completed,
  created,
  customCall,
  defaultUsage,
  drop,
  failed,
  functionCall,
  hold,
  httpReply,
  message,
  patch,
  raw,
  reasoning,
  send,
  shell,
  stream,
  webSearch,
  type Answer,
  type ModelEvent,
  type Step,
} from "./model-script.js";
export { builds, executable, jsonLines, runCodex, type Build, type RunOptions, type RunResult } from "./run-codex.js";
export { fakeProviderConfig, tempHome, type TempHome, type TempHomeOptions } from "./temp-home.js";
export { startFakeMcpHttp, type FakeMcpHttp, type FakeMcpHttpOptions, type HttpSeen } from "./fake-mcp-http.js";
export { fakeTools, type FakeMcpScript, type McpMessage } from "./fake-mcp-server.js";
export { fakeMcpConfig, fakeMcpProgram } from "./fake-mcp-stdio.js";
