/** What is known of a method at run time. */

/** A row of the method tables; types by their wire names. */
export interface MethodEntry {
  /** null: the method takes none. */
  params: string | null;
  /** Absent for notifications. */
  result?: string | null;
  /** The version of the protocol that the method belongs to. */
  api: "v1" | "v2" | "shared";
  /** The version that brought it, if not 0.92. */
  since?: string;
  deprecated?: boolean;
  /** May change without notice. */
  experimental?: boolean;
  /** Not for general use. */
  internal?: boolean;
}
