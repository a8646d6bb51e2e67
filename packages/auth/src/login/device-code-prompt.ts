/** The text that asks people to enter a code on another device. */

import type { DeviceCode } from "./device-login.js";

/** What to print: where to go, what to enter, and what to beware of. */
export function deviceCodePrompt(code: DeviceCode, version: string, color: boolean): string {
  const paint = (number: number, text: string): string => (color ? `\u001b[${number}m${text}\u001b[0m` : text);
  const blue = (text: string): string => paint(94, text);
  const grey = (text: string): string => paint(90, text);
  return [
    "",
    `Codex ${grey(`v${version}`)}`,
    "",
    "To sign in with ChatGPT on another device:",
    "",
    "1. Open this link in a browser and sign in to your account",
    `   ${blue(code.verificationUrl)}`,
    "",
    `2. Enter this one-time code ${grey("(expires in 15 minutes)")}`,
    `   ${blue(code.userCode)}`,
    "",
    grey("Never share this code: whoever asks you for it is after your account (phishing)."),
    "",
  ].join("\n");
}
