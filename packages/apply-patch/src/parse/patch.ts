/** What a patch says once it is parsed: sections, and the chunks of an update. */

/** One line of a chunk: kept as context, removed, or inserted. `text` has no marker and no line ending. */
export interface ChunkLine {
  readonly kind: "keep" | "remove" | "insert";
  readonly text: string;
}

/** One place of a file to change. */
export interface Chunk {
  /** Lines to look for, one after the other, before the chunk's own lines (`@@ class A`, `@@ def m`). */
  readonly contexts: readonly string[];
  readonly lines: readonly ChunkLine[];
  /** Marked with `*** End of File`: belongs at the end of the file. */
  readonly atEnd: boolean;
}

/** What a patch does to one path. Paths are as written: relative to the patch's folder, or absolute. */
export type PatchSection =
  | { readonly kind: "add"; readonly path: string; readonly content: string }
  | { readonly kind: "delete"; readonly path: string }
  | {
      readonly kind: "update";
      readonly path: string;
      readonly movePath: string | null;
      readonly chunks: readonly Chunk[];
    };

/** A parsed patch. */
export interface Patch {
  /** The patch without a heredoc around it, lines joined with LF: what is handed on for execution. */
  readonly text: string;
  /** In the order of the patch; may be empty. */
  readonly sections: readonly PatchSection[];
}
