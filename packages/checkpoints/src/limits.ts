/** How much checkpoints may take. */

/** Quotas of one workspace's store. */
export interface CheckpointLimits {
  /** Files above this size are left out and named. */
  maxFileBytes: number;
  /** A workspace with more files is not covered. */
  maxFiles: number;
  /** A workspace with more bytes is not covered; a store that grew beyond it loses its oldest steps. */
  maxStoreBytes: number;
  /** Older steps go first when there are more. */
  maxSteps: number;
  /** Steps older than this go; so do stores that nobody used for as long. */
  maxAgeMs: number;
}

/** What holds unless the caller says otherwise. */
export const DEFAULT_LIMITS: CheckpointLimits = {
  maxFileBytes: 10 << 20,
  maxFiles: 200_000,
  maxStoreBytes: 2 * 1024 ** 3,
  maxSteps: 200,
  maxAgeMs: 14 * 24 * 3600_000,
};

/** Folders full of what tools make again; left out unless the user's git tracks files in them. */
export const LEFT_OUT_FOLDERS: readonly string[] = [
  "node_modules",
  ".venv",
  "venv",
  "env",
  ".env",
  "dist",
  "build",
  ".pytest_cache",
  ".mypy_cache",
  ".cache",
  ".tox",
  "__pycache__",
];
