/** A client that drives the app-server and prints both directions. */

export {};
