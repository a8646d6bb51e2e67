// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A turn begins. */
export type TurnStartedEvent = {
  /** Usable tokens of the model's window; null for unknown models. */
  model_context_window?: number | null,
};
