/** What Codex asks while a turn runs, and the functions of the caller that answer. */

/** Where a question comes from. */
export interface AskedBy {
  threadId: string;
  turnId: string;
  /** The command, patch or call that the question is about. */
  itemId: string;
}

/** May this command run? */
export interface CommandApprovalRequest extends AskedBy {
  kind: "command";
  /** Quoted for a shell. */
  command: string;
  cwd: string;
  /** Why it is asked; null when nothing is known. */
  reason: string | null;
  /** Words that a rule could allow from now on; null: none make sense. */
  proposedPrefix: string[] | null;
}

/** One file of a patch. */
export interface ProposedChange {
  /** Absolute; the old path of a file that moves. */
  path: string;
  kind: "add" | "delete" | "update";
  /** The whole content of a file that comes or goes, else hunks. */
  diff: string;
}

/** May these files change? */
export interface FileChangeApprovalRequest extends AskedBy {
  kind: "fileChange";
  changes: ProposedChange[];
  reason: string | null;
  /** A folder that becomes writable for the rest of the session when the answer is yes; null: none. */
  grantRoot: string | null;
}

/** What a person, or code of yours, is asked. */
export type ApprovalRequest = CommandApprovalRequest | FileChangeApprovalRequest;

/**
 * `decline` lets the model go on without it, `cancel` ends the turn. `{ acceptPrefix }` is for commands: run it, and
 * allow commands that begin with these words from now on, also in other sessions.
 */
export type ApprovalDecision = "accept" | "acceptForSession" | "decline" | "cancel" | { acceptPrefix: string[] };

/** Decides. What it throws ends the turn and comes out of the run. */
export type DecideApproval = (
  request: ApprovalRequest,
  context: { signal: AbortSignal },
) => ApprovalDecision | Promise<ApprovalDecision>;

/** One question of the model. */
export interface UserQuestion {
  id: string;
  header: string;
  question: string;
  /** Whether a free text is welcome besides the options. */
  isOther: boolean;
  options: { label: string; description: string }[] | null;
}

/** Answers the model's questions by their ids. What it throws ends the turn and comes out of the run. */
export type AskUser = (
  request: AskedBy & { questions: UserQuestion[] },
  context: { signal: AbortSignal },
) => Record<string, string[]> | Promise<Record<string, string[]>>;
