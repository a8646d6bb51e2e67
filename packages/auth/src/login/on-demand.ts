/** The ways to log in, loaded when somebody does: nearly all runs of the program never need them. */

import type { CallbackServer } from "./callback-server.js";
import type { BrowserLogin, BrowserLoginOptions } from "./browser-login.js";
import type { DeviceCode, DeviceLoginOptions } from "./device-login.js";

/**
 * Starts a login through the browser; opening the browser is the caller's part.
 * @throws LoginError when the port is not to be had
 */
export async function startBrowserLogin(options: BrowserLoginOptions): Promise<BrowserLogin> {
  const login = await import("./browser-login.js");
  return login.startBrowserLogin(options);
}

/**
 * Asks for a code to enter on another device.
 * @throws DeviceLoginUnavailable, LoginError
 */
export async function requestDeviceCode(options: DeviceLoginOptions): Promise<DeviceCode> {
  const login = await import("./device-login.js");
  return login.requestDeviceCode(options);
}

/**
 * Waits until the code was entered, and keeps the login.
 * @throws LoginError; the signal's reason
 */
export async function completeDeviceLogin(code: DeviceCode, options: DeviceLoginOptions): Promise<void> {
  const login = await import("./device-login.js");
  return login.completeDeviceLogin(code, options);
}

/** What ties a login's steps together: the PKCE pair, and the state that comes back with the code. */
export interface LoginSecrets {
  readonly verifier: string;
  readonly challenge: string;
  readonly state: string;
}

/** New secrets for a login of any kind. */
export async function newLoginSecrets(): Promise<LoginSecrets> {
  const { newPkce, newState } = await import("./pkce.js");
  return { ...newPkce(), state: newState() };
}

/**
 * Listens on a port of this machine for a browser that comes back from a login; 0: any free port.
 * @throws LoginError when the port is not to be had
 */
export async function listenForCallback(port: number): Promise<CallbackServer> {
  const server = await import("./callback-server.js");
  return server.listenForCallback(port);
}
