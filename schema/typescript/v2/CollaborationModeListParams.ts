// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Lists the collaboration modes. Experimental. */
export type CollaborationModeListParams = Record<string, never>;
