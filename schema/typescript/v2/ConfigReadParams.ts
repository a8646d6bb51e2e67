// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Reads the effective configuration. */
export type ConfigReadParams = {
  /** Includes the project layers of this folder. */
  cwd?: string | null,
  includeLayers?: boolean,
};
