/** A small sink interface for logs, traces and metrics; exporters load only when configured. */

export {};
