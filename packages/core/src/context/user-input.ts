/** Turns what a person sent into the model's message, and records it. */

import { readFileSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import type { ContentItem, MessageItem, UserInput } from "@codex-ts/protocol";
import { userMessage } from "../instructions/messages.js";
import type { Turn } from "../turn/turn.js";

/** Reads an image file for the model: a data URL, or the sentence that stands in for an image that cannot be read. */
export type LoadImage = (
  path: string,
) => Promise<{ kind: "image"; url: string } | { kind: "unreadable"; text: string }>;

/** Records a user message of a turn: for the model, for eyes, and the skills it names. */
export async function recordInput(turn: Turn, items: readonly UserInput[]): Promise<void> {
  const { session, id: turnId, settings } = turn;
  const message = await inputMessage(items, async (path) => {
    try {
      return await session.services.loadImage(resolve(settings.cwd, path));
    } catch (error) {
      // Whatever is wrong with a picture, the message that it stands in is not lost.
      session.services.report(error, `image ${path}`);
      return { kind: "unreadable", text: `The image at \`${path}\` could not be read.` };
    }
  });
  session.record([message], turnId);
  session.items.instant({ type: "userMessage", id: session.services.newId(), content: [...items] }, turnId);
  for (const skill of skillMessages(items, session.enabledSkills(), (text) => session.warn(text, turnId))) {
    session.record([skill], turnId);
  }
}

/** Records what arrived while the turn ran. */
export async function recordPending(turn: Turn): Promise<void> {
  for (const input of turn.pending.take()) {
    if (input.kind === "item") turn.session.record([input.item], turn.id);
    else await recordInput(turn, input.items);
  }
}

/** The model's form of a user message. Local images are numbered from 1 in their order. */
export async function inputMessage(items: readonly UserInput[], loadImage: LoadImage): Promise<MessageItem> {
  const content: ContentItem[] = [];
  let images = 0;
  for (const item of items) {
    switch (item.type) {
      case "text":
        content.push({ type: "input_text", text: item.text });
        break;
      case "image":
        content.push(...wrapped("<image>", item.image_url));
        break;
      case "local_image": {
        images += 1;
        const loaded = await loadImage(item.path);
        if (loaded.kind === "unreadable") content.push({ type: "input_text", text: loaded.text });
        else content.push(...wrapped(`<image name=[Image #${images}]>`, loaded.url));
        break;
      }
      case "skill":
        break; // its text follows in a message of its own
    }
  }
  return { type: "message", role: "user", content };
}

// helpers

function wrapped(open: string, url: string): ContentItem[] {
  return [
    { type: "input_text", text: open },
    { type: "input_image", image_url: url },
    { type: "input_text", text: "</image>" },
  ];
}

/** A skill that may be used. */
export interface EnabledSkill {
  name: string;
  path: string;
}

function skillMessages(
  items: readonly UserInput[],
  enabled: readonly EnabledSkill[],
  warn: (text: string) => void,
): MessageItem[] {
  const named = new Map<string, string>();
  for (const item of items) {
    if (item.type !== "skill" || !isAbsolute(item.path) || named.has(item.name)) continue;
    if (enabled.some((skill) => skill.name === item.name && skill.path === item.path)) named.set(item.name, item.path);
  }
  return [...named].flatMap(([name, path]) => {
    try {
      const body = readFileSync(path, "utf8");
      return [userMessage(`<skill>\n<name>${name}</name>\n<path>${path}</path>\n${body}\n</skill>`)];
    } catch (error) {
      warn(`Failed to load skill ${name} at ${path}: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  });
}
