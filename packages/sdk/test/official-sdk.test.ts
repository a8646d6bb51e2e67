/** The official SDK with our executable in place of the one it brings. */

import { Codex } from "@openai/codex-sdk";
import { describe } from "vitest";
import { behavesLikeCodex } from "./same-api.js";

describe("the official SDK on our executable", () => {
  behavesLikeCodex(({ codex }) => ({ codex: new Codex(codex), close: () => Promise.resolve() }));
});
