// A site of its own for each story, on a copy of one made-up town: stories neither wait for nor disturb each other.
// On SQLite a site is one server; on PostgreSQL two, and the staff's pages come from the second.

import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import * as postgres from "./postgres.mjs";

export const PASSWORD = "brass-kettle-41";
const BINARY = path.resolve(process.env.GAS_E2E_BINARY ?? "build/release/gas-utility");
const TOWN = "gas_town";
const STAFF = ["ravi", "sofia", "ada"];

function environment(directory, database, settings = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("GAS_UTILITY_"));
  const own = { GAS_UTILITY_DATA_DIR: directory, GAS_UTILITY_DEMO_PASSWORD: PASSWORD };
  if (postgres.isUsed()) own.GAS_UTILITY_DATABASE_URL = postgres.urlOf(database);
  return { ...Object.fromEntries(kept), ...own, ...settings };
}

/** Fills `directory`, and on PostgreSQL a database, with the made-up town. */
export function makeTown(directory, database = TOWN) {
  if (postgres.isUsed()) postgres.createDatabase(database);
  const made = spawnSync(BINARY, ["demo"], { env: environment(directory, database), encoding: "utf8" });
  if (made.status !== 0) throw new Error(`demo failed: ${made.stderr || made.error}`);
}

function listening(child) {
  return new Promise((resolve, reject) => {
    const said = [];
    createInterface({ input: child.stderr }).on("line", (line) => {
      said.push(line);
      const address = /http:\/\/localhost:\d+/.exec(line);
      if (address) resolve(address[0]);
    });
    child.once("exit", () => reject(new Error(`the server ended:\n${said.join("\n")}`)));
  });
}

/** A running site; `kill` ends it as a power cut would, `start` brings it back at the same addresses. */
export class Site {
  /** `settings` as the environment names them, beside the usual ones. */
  static async open(settings = {}) {
    const site = new Site();
    site.settings = settings;
    site.directory = fs.mkdtempSync(path.join(os.tmpdir(), "gas-e2e-"));
    site.database = `gas_story_${process.pid}`;
    site.nodes = postgres.isUsed() ? [{}, {}] : [{}];
    if (process.env.GAS_E2E_TOWN) {
      fs.cpSync(process.env.GAS_E2E_TOWN, site.directory, { recursive: true });
      if (postgres.isUsed()) postgres.createDatabase(site.database, TOWN);
    } else {
      makeTown(site.directory, site.database);
    }
    await site.start();
    return site;
  }

  get url() {
    return this.nodes[0].url;
  }

  /** Where somebody of the cast goes: the customers to the first node, the staff to the last. */
  urlFor(name) {
    return STAFF.includes(name) ? this.nodes.at(-1).url : this.url;
  }

  // One after the other, because the first brings the database up to date.
  async start() {
    for (const node of this.nodes) {
      const address = `127.0.0.1:${node.url ? new URL(node.url).port : 0}`;
      node.child = spawn(BINARY, ["runserver", address], {
        env: environment(this.directory, this.database, this.settings),
        stdio: ["ignore", "ignore", "pipe"],
      });
      node.url = await listening(node.child);
    }
  }

  async end(signal) {
    const running = this.nodes.filter(({ child }) => child && child.exitCode === null && child.signalCode === null);
    const ended = running.map(({ child }) => new Promise((resolve) => child.once("exit", resolve)));
    for (const { child } of running) child.kill(signal);
    await Promise.all(ended);
  }

  kill() {
    return this.end("SIGKILL");
  }

  /** Changes the database behind the server's back, for what would otherwise take hours to happen. */
  sql(statement) {
    if (postgres.isUsed()) return postgres.sql(this.database, statement).trim();
    const file = path.join(this.directory, "gas-utility.sqlite3");
    const done = spawnSync("sqlite3", [file, ".timeout 5000", statement], { encoding: "utf8" });
    if (done.status !== 0) throw new Error(`sqlite3: ${done.stderr || done.error}`);
    return done.stdout.trim();
  }

  async close() {
    await this.end("SIGTERM");
    if (postgres.isUsed()) postgres.dropDatabase(this.database);
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}
