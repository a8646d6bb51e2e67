/** The tool by which the model looks at an image file. */

import { statSync } from "node:fs";
import { resolve } from "node:path";
import { parseArguments, required, string } from "./arguments.js";
import { functionArguments } from "./shell.js";
import { systemReason } from "./system-reason.js";
import { ToolError, type Tool } from "./tool.js";

/** Puts an image into the conversation: it follows the tool's output as a message of its own. */
export const viewImageTool: Tool = {
  names: ["view_image"],
  parallel: true,
  abortStyle: "plain",
  definition: {
    type: "function",
    name: "view_image",
    description: "Adds an image file of this machine to the conversation, so that you can look at it.",
    strict: false,
    parameters: {
      type: "object",
      properties: { path: { type: "string", description: "Path of the image file." } },
      required: ["path"],
      additionalProperties: false,
    },
  },
  async run(call, { turn }) {
    const args = parseArguments(functionArguments(call), { path: required(string) });
    const path = resolve(turn.settings.cwd, args.path);
    requireFile(path);
    const loaded = await turn.session.services.loadImage(path);
    turn.pending.push({
      kind: "item",
      item: {
        type: "message",
        role: "user",
        content: [
          loaded.kind === "image"
            ? { type: "input_image", image_url: loaded.url }
            : { type: "input_text", text: loaded.text },
        ],
      },
    });
    turn.session.items.instant({ type: "imageView", id: call.callId, path }, turn.id);
    return "attached local image path";
  },
};

function requireFile(path: string): void {
  let isFile: boolean;
  try {
    isFile = statSync(path).isFile();
  } catch (error) {
    throw new ToolError(`unable to locate image at \`${path}\`: ${systemReason(error)}`, { cause: error });
  }
  if (!isFile) throw new ToolError(`image path \`${path}\` is not a file`);
}
