// The PostgreSQL server of a run, when the stories run on one: script/e2e --postgres.

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const SCRIPT = path.resolve("tests/support/postgres");

/** False when each story has a SQLite file. */
export const isUsed = () => Boolean(process.env.GAS_E2E_POSTGRES);

function run(command, ...args) {
  const done = spawnSync(command, args, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${done.stderr || done.error}`);
  return done.stdout.trim();
}

/** Starts a private server that ends with this process; the stories find it in the environment. */
export function startServer() {
  // Short, because a socket's path has a limit.
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "gas-pg-"));
  process.on("exit", () => {
    spawnSync("bash", [SCRIPT, "stop", directory]);
    fs.rmSync(directory, { recursive: true, force: true });
  });
  // Its log goes to a file, but it would keep a pipe open.
  const started = spawnSync("bash", [SCRIPT, "start", directory], { stdio: ["ignore", "ignore", "inherit"] });
  if (started.status !== 0) throw new Error("PostgreSQL did not start");
  process.env.GAS_E2E_POSTGRES = run("bash", SCRIPT, "url", directory);
}

export function urlOf(database) {
  return process.env.GAS_E2E_POSTGRES.replace("/postgres?", `/${database}?`);
}

export function sql(database, statement) {
  return run("psql", "--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1", "-c", statement, urlOf(database));
}

export function createDatabase(name, template = "template0") {
  sql("postgres", `CREATE DATABASE ${name} TEMPLATE ${template}`);
}

export function dropDatabase(name) {
  sql("postgres", `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}
