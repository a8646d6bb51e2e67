/** Ignore-aware file walk and fuzzy path search with incremental answers. */

export {
  type FileSearch,
  FileSearchError,
  type FileSearchOptions,
  openFileSearch,
  type QueryOptions,
  searchFiles,
  type SearchResult,
} from "./file-search.js";
export type { FileMatch } from "./ranking.js";
export { type WalkOptions, walkFiles } from "./walk.js";
