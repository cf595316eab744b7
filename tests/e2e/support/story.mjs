// A story is a file of steps in order; after a step that failed the rest cannot be told and fails at once.

import path from "node:path";
import { test } from "node:test";

const story = path.basename(process.argv[1]).replace(".spec.mjs", "");
let failedStep = "";

/** A test that needs what the steps before it did. */
export function step(name, tell) {
  test(`${story}: ${name}`, async () => {
    if (failedStep) throw new Error(`not tried, because this failed: ${failedStep}`);
    try {
      await tell();
    } catch (error) {
      failedStep = name;
      throw error;
    }
  });
}

/** A test that needs nothing of the others. */
export function scene(name, tell) {
  test(`${story}: ${name}`, tell);
}
