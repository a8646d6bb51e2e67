/** What the Node adapter and its terminal process say to each other; types only, so that both sides stay one file each. */

/** From the adapter. The first message is `start`. */
export type ToTerminal =
  | {
      type: "start";
      file: string;
      args: readonly string[];
      cwd: string;
      env: Readonly<Record<string, string>>;
      cols: number;
      rows: number;
    }
  | { type: "write"; data: string | Uint8Array }
  | { type: "resize"; cols: number; rows: number }
  /** Ends the child where there are no process groups to signal. */
  | { type: "end" };

/** From the terminal process, in this order: one `started` or `failed`, any `data`, one `exit`. */
export type FromTerminal =
  | { type: "started"; pid: number }
  | { type: "failed"; message: string }
  | { type: "data"; bytes: Uint8Array }
  | { type: "exit"; code: number; signal: number };
