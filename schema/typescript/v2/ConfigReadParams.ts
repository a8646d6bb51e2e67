// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Reads the effective configuration. */
export type ConfigReadParams = {
  includeLayers?: boolean,
  /** Includes the project layers of this folder. */
  cwd?: string | null,
};
