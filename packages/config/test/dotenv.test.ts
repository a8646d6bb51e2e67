import { describe, expect, it } from "vitest";
import { readDotenv } from "../src/index.js";
import { testHome } from "./homes.js";

const read = (text: string, env: Record<string, string> = {}): Record<string, string> => {
  const home = testHome("", { "home/.env": text });
  return Object.fromEntries(readDotenv(home.codexHome, env));
};

describe("CODEX_HOME/.env", () => {
  it.each<[string, Record<string, string>]>([
    ["A=1\nB=two words\n", { A: "1", B: "two words" }],
    ["export A=1", { A: "1" }],
    ["  A = 1 # comment", { A: "1" }],
    ["# A=1\n\nB=2\r\n", { B: "2" }],
    ["A='$HOME \\n'", { A: "$HOME \\n" }],
    ['A="x\\ny\\"z" # c', { A: 'x\ny"z' }],
    ['A="one\ntwo"', { A: "one\ntwo" }],
    ["A=1\nB=$A-${A}-$C", { A: "1", B: "1-1-c" }],
    ["A=\\$C", { A: "$C" }],
    ["A=", { A: "" }],
    ["A=a#b", { A: "a#b" }],
    ["A=1\nA=2", { A: "2" }],
    ["CODEX_HOME=/x\ncodex_api_key=y\nOTHER_CODEX_=z", { OTHER_CODEX_: "z" }],
    ["bad line\n1A=2\nB=3", { B: "3" }],
    ['A="unclosed\nB=2', { B: "2" }],
    ["A=it's", {}],
  ])("%j", (text, variables) => {
    expect(read(text, { C: "c" })).toEqual(variables);
  });

  it("may be missing", () => {
    expect(readDotenv(testHome().codexHome, {})).toEqual(new Map());
  });
});
