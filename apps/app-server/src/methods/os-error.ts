/** Words for errors of the operating system, in the form that clients of the original know: those of all programs. */

export { osErrorText } from "@codex-ts/config";
