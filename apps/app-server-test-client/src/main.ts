#!/usr/bin/env node
/** The program: reads the command line, runs a flow, exits with its code. */

import { createInterface } from "node:readline";
import { runTestClient } from "./run-test-client.js";

process.exitCode = await runTestClient(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  lines: () => createInterface({ input: process.stdin }),
});
