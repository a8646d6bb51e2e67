/** Words a review's target: for the reviewer, and in short for people. */

import { mergeBaseWithHead } from "@codex-ts/git";
import type { ReviewTarget } from "@codex-ts/protocol";

const ASK = "Report the findings in order of priority, each one actionable.";

/** What the reviewing model is asked. @throws {RangeError} for instructions that are blank */
export async function reviewPrompt(target: ReviewTarget, cwd: string, signal: AbortSignal): Promise<string> {
  switch (target.type) {
    case "uncommittedChanges":
      return `Review the changes that are not committed: staged, unstaged and untracked files. ${ASK}`;
    case "baseBranch": {
      const base = await mergeBaseOf(target.branch, cwd, signal);
      return base === null
        ? `Review the changes of this branch against the base branch '${target.branch}'. Find the merge base first (\`git merge-base HEAD "$(git rev-parse --abbrev-ref "${target.branch}@{upstream}")"\`, or with '${target.branch}' itself), then run \`git diff\` against it to see what would be merged. ${ASK}`
        : `Review the changes of this branch against the base branch '${target.branch}'. The merge base is ${base}: run \`git diff ${base}\` to see what would be merged. ${ASK}`;
    }
    case "commit": {
      const title = target.title ? ` ("${target.title}")` : "";
      return `Review the changes of commit ${target.sha}${title}. ${ASK}`;
    }
    case "custom": {
      const instructions = target.instructions.trim();
      if (instructions === "") throw new RangeError("Review prompt cannot be empty");
      return instructions;
    }
  }
}

/** What clients show for a review. */
export function reviewHint(target: ReviewTarget): string {
  switch (target.type) {
    case "uncommittedChanges":
      return "current changes";
    case "baseBranch":
      return `changes against '${target.branch}'`;
    case "commit": {
      const short = target.sha.slice(0, 7);
      return target.title ? `commit ${short}: ${target.title}` : `commit ${short}`;
    }
    case "custom":
      return target.instructions.trim();
  }
}

async function mergeBaseOf(branch: string, cwd: string, signal: AbortSignal): Promise<string | null> {
  try {
    return await mergeBaseWithHead(cwd, branch, signal);
  } catch {
    return null; // no git, no repository: the reviewer is told how to find it
  }
}
