// Runs the stories:  node tests/e2e/run.mjs [--postgres] [words of file names]
// GAS_E2E_BINARY names the server. The last line is "N passed, N failed".
// With --postgres each site is two servers on one database of a PostgreSQL server that is started for the run.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { run } from "node:test";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { startServer } from "./support/postgres.mjs";
import { makeTown } from "./support/site.mjs";

const folder = path.dirname(fileURLToPath(import.meta.url));
const isOnPostgres = process.argv[2] === "--postgres";
const wanted = process.argv.slice(isOnPostgres ? 3 : 2);
const files = fs
  .readdirSync(folder)
  .filter((name) => name.endsWith(".spec.mjs") && (!wanted.length || wanted.some((word) => name.includes(word))))
  .map((name) => path.join(folder, name));
if (files.length === 0) {
  console.error(`No story is called ${wanted.join(" or ")}.`);
  process.exit(2);
}

if (isOnPostgres) startServer();
const town = fs.mkdtempSync(path.join(os.tmpdir(), "gas-e2e-town-"));
process.on("exit", () => fs.rmSync(town, { recursive: true, force: true }));
makeTown(town);
process.env.GAS_E2E_TOWN = town;

const count = { pass: 0, fail: 0 };

// A file is reported as a test of its own too; it counts only when it failed outside its tests.
const isFile = (event) => event.name.endsWith(".spec.mjs");

function passed(event) {
  if (isFile(event)) return;
  count.pass++;
  console.log(`ok    ${event.name} (${Math.round(event.details.duration_ms)} ms)`);
}

function failed(event) {
  const { error } = event.details;
  if (isFile(event) && error.failureType === "subtestsFailed") return;
  count.fail++;
  const reason = String(error.cause?.stack ?? error.cause ?? error.stack);
  console.log(`FAIL  ${event.name}\n${stripVTControlCharacters(reason)}`);
}

run({ files, concurrency: 2, timeout: 600_000 })
  .on("test:pass", passed)
  .on("test:fail", failed)
  .on("test:stderr", (event) => process.stderr.write(event.message))
  .on("end", () => {
    console.log(`${count.pass} passed, ${count.fail} failed`);
    process.exitCode = count.fail || !count.pass ? 1 : 0;
  })
  .resume();
