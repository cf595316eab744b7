// A server of its own for each story, on a copy of one made-up town: stories neither wait for nor disturb each other.

import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

export const PASSWORD = "brass-kettle-41";
const BINARY = path.resolve(process.env.GAS_E2E_BINARY ?? "build/release/gas-utility");

function environment(directory) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("GAS_UTILITY_"));
  return { ...Object.fromEntries(kept), GAS_UTILITY_DATA_DIR: directory, GAS_UTILITY_DEMO_PASSWORD: PASSWORD };
}

/** Fills `directory` with the made-up town. */
export function makeTown(directory) {
  const made = spawnSync(BINARY, ["demo"], { env: environment(directory), encoding: "utf8" });
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

/** A running server; `kill` ends it as a power cut would, `start` brings it back at the same address. */
export class Site {
  static async open() {
    const site = new Site();
    site.directory = fs.mkdtempSync(path.join(os.tmpdir(), "gas-e2e-"));
    if (process.env.GAS_E2E_TOWN) fs.cpSync(process.env.GAS_E2E_TOWN, site.directory, { recursive: true });
    else makeTown(site.directory);
    await site.start();
    return site;
  }

  async start() {
    const address = `127.0.0.1:${this.url ? new URL(this.url).port : 0}`;
    this.child = spawn(BINARY, ["runserver", address], {
      env: environment(this.directory),
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.url = await listening(this.child);
  }

  async end(signal) {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill(signal);
    await ended;
  }

  kill() {
    return this.end("SIGKILL");
  }

  /** Changes the database behind the server's back, for what would otherwise take hours to happen. */
  sql(statement) {
    const file = path.join(this.directory, "gas-utility.sqlite3");
    const done = spawnSync("sqlite3", [file, ".timeout 5000", statement], { encoding: "utf8" });
    if (done.status !== 0) throw new Error(`sqlite3: ${done.stderr || done.error}`);
  }

  async close() {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.end("SIGTERM");
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}
