/** A client that drives the app-server and prints both directions. */

export {
  AppServerClient,
  type ClientOptions,
  type Direction,
  ServerError,
  ServerGoneError,
} from "./client/app-server-client.js";
export { runTestClient, type Terminal } from "./run-test-client.js";
export { testClientCommand } from "./test-client-command.js";
