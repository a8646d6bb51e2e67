/** Questions that a turn asks a client, and their answers. */

import type { FileChanges, ParsedCommand } from "./commands.js";
import type {
  CommandDecision,
  CommandRisk,
  ElicitationAction,
  ExecPolicyAmendment,
  FileChangeDecision,
} from "./decisions.js";
import type { ItemId, QuestionId, RequestId } from "./ids.js";

/** May this command run? Carries all that a client needs to show what is asked. */
export interface CommandQuestion {
  kind: "command";
  id: QuestionId;
  itemId: ItemId;
  argv: string[];
  cwd: string;
  actions: ParsedCommand[];
  /** Why it is asked: the rule's text, the model's justification, or that the sandbox got in the way. */
  reason: string | null;
  /** The allow rule that a client may offer; null when none makes sense. */
  proposedAmendment: ExecPolicyAmendment | null;
  /** A shorter one, such as `git push`, that a client may offer beside it; null when none makes sense. */
  shortAmendment: ExecPolicyAmendment | null;
  risk: CommandRisk | null;
}

/** May these files change? */
export interface FileChangeQuestion {
  kind: "fileChange";
  id: QuestionId;
  itemId: ItemId;
  changes: FileChanges;
  reason: string | null;
  /** A folder that a client may offer to make writable for the session; null: none. */
  grantRoot: string | null;
}

/** An MCP server asks the user something. */
export interface ElicitationQuestion {
  kind: "elicitation";
  id: QuestionId;
  /** The call during which it was asked, when there is one. */
  itemId: ItemId | null;
  server: string;
  requestId: RequestId;
  message: string;
  /** JSON Schema of the answer; null when the server sent none. */
  requestedSchema: unknown;
}

/** A choice of an answer. @wire RequestUserInputQuestionOption */
export interface UserInputOption {
  label: string;
  description: string;
}

/** One question of the model to the user. @wire RequestUserInputQuestion */
export interface UserInputPrompt {
  id: string;
  header: string;
  question: string;
  /** Whether a free text is welcome besides the options. @default false */
  isOther?: boolean;
  options?: UserInputOption[] | null;
}

/** The model asks the user. */
export interface UserInputQuestion {
  kind: "userInput";
  id: QuestionId;
  itemId: ItemId;
  questions: UserInputPrompt[];
}

/** A tool that the client runs itself. */
export interface ClientToolQuestion {
  kind: "clientTool";
  id: QuestionId;
  itemId: ItemId;
  tool: string;
  arguments: unknown;
}

/** A question that a turn waits on. */
export type Question =
  | CommandQuestion
  | FileChangeQuestion
  | ElicitationQuestion
  | UserInputQuestion
  | ClientToolQuestion;

/** Answers to the model's questions, by question id. */
export interface UserInputAnswers {
  answers: Record<string, { answers: string[] }>;
}

/** The answer to a question of the same kind. */
export type Answer =
  | { kind: "command"; decision: CommandDecision }
  | { kind: "fileChange"; decision: FileChangeDecision }
  | { kind: "elicitation"; action: ElicitationAction; content: unknown }
  /** null: nobody answered. */
  | { kind: "userInput"; response: UserInputAnswers | null }
  | { kind: "clientTool"; output: string; success: boolean };

/** Who settled a question. */
export type AnsweredBy = "client" | "policy" | "timeout" | "disconnect" | "interrupt";
