/** Runs the tests and says which fail; no clock, so that every run prints the same. */

import assert from "node:assert/strict";
import { slug } from "../src/slug.js";
import { wrap } from "../src/wrap.js";

const tests = {
  "slug joins words with one dash": () => assert.equal(slug("Hello,  World"), "hello-world"),
  "slug has no dash at its ends": () => assert.equal(slug("(Why?)"), "why"),
  "slug keeps digits": () => assert.equal(slug("Version 2"), "version-2"),
  "wrap keeps a short text on one line": () => assert.deepEqual(wrap("a short text", 20), ["a short text"]),
  "wrap never exceeds the width": () => {
    assert.ok(wrap("one two three four five", 9).every((line) => line.length <= 9));
  },
  "wrap loses no word": () => assert.equal(wrap("one two three four five", 9).join(" "), "one two three four five"),
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    test();
    console.log(`ok - ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok - ${name}: ${error.message.split("\n").filter(Boolean).slice(0, 1)}`);
  }
}
console.log(`${Object.keys(tests).length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
