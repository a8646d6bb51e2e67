/** Snapshots of a workspace in a shadow Git store, with safe restore and undo of undo. */

export {};
