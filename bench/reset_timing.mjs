// Does the time of an answer tell whether an email is known? Asks 200 times each for a link to choose a new password and for a
// sign-in of one's own, in turns for a known and for an unknown email, and compares the times (Mann-Whitney U). Run it on a machine
// with nothing else to do: node bench/reset_timing.mjs [BINARY]. Exit code 1 when p is 0.01 or less.

import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

const BINARY = path.resolve(process.argv[2] ?? "build/release/gas-utility");
const TRIES = 200;
const home = fs.mkdtempSync(path.join(os.tmpdir(), "gas-timing-"));
const env = {
  ...process.env,
  GAS_UTILITY_DATA_DIR: home,
  GAS_UTILITY_DEMO_PASSWORD: "Elm-Street-Regulator-42",
  GAS_UTILITY_TRUSTED_PROXIES: "127.0.0.1",
  GAS_UTILITY_MAIL_URL: `file://${home}/mail`,
  GAS_UTILITY_MAIL_FROM: "care@gas.example",
  GAS_UTILITY_SITE_URL: "http://localhost",
};
fs.mkdirSync(path.join(home, "mail"));
const made = spawnSync(BINARY, ["demo", "--customers", "50", "--requests", "100"], { env, encoding: "utf8" });
if (made.status !== 0) throw new Error(made.stderr);
const emails = spawnSync("sqlite3", [path.join(home, "gas-utility.sqlite3"), "UPDATE auth_user SET email = username || '@example.com'"]);
if (emails.status !== 0) throw new Error("sqlite3 is missing");
const server = spawn(BINARY, ["runserver", "127.0.0.1:0"], { env, stdio: ["ignore", "ignore", "pipe"] });
const port = await new Promise((resolve) => {
  createInterface({ input: server.stderr }).on("line", (line) => {
    const found = /http:\/\/localhost:(\d+)/.exec(line);
    if (found) resolve(Number(found[1]));
  });
});

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let networks = 0;

/** Milliseconds until the answer; each try comes from a network of its own, because each may try only a few times. */
function post(target, fields) {
  const body = new URLSearchParams(fields).toString();
  const from = `10.${(networks >> 16) & 255}.${(networks >> 8) & 255}.${networks++ & 255}`;
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "content-length": Buffer.byteLength(body),
    "sec-fetch-site": "same-origin",
    "x-forwarded-for": from,
  };
  return new Promise((resolve, reject) => {
    const begin = process.hrtime.bigint();
    const request = http.request({ port, method: "POST", path: target, agent, headers }, (response) => {
      response.resume();
      response.on("end", () => {
        if (response.statusCode !== 303) reject(new Error(`${target}: ${response.statusCode}`));
        resolve(Number(process.hrtime.bigint() - begin) / 1e6);
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** Two-sided p of the Mann-Whitney U test, by the normal approximation. */
function pValue(left, right) {
  const all = [...left.map((time) => ({ time, isLeft: true })), ...right.map((time) => ({ time, isLeft: false }))];
  all.sort((a, b) => a.time - b.time);
  const ranks = all.reduce((sum, { isLeft }, index) => sum + (isLeft ? index + 1 : 0), 0);
  const [n, m] = [left.length, right.length];
  const u = ranks - (n * (n + 1)) / 2;
  const z = Math.abs(u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
  const t = 1 / (1 + 0.2316419 * z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const poly = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return Math.min(1, 2 * density * poly);
}

const median = (times) => [...times].sort((a, b) => a - b)[times.length >> 1];

async function compare(name, ask) {
  const times = { known: [], unknown: [] };
  for (let i = 0; i < 20; ++i) await ask(`warm${i}@example.com`);
  for (let i = 0; i < TRIES; ++i) {
    const turns = Math.random() < 0.5 ? ["known", "unknown"] : ["unknown", "known"];
    for (const turn of turns) times[turn].push(await ask(turn === "known" ? "mei@example.com" : `zei${i}@example.com`));
  }
  const p = pValue(times.known, times.unknown);
  console.log(`${name}: known ${median(times.known).toFixed(3)} ms, unknown ${median(times.unknown).toFixed(3)} ms, p = ${p.toFixed(3)}`);
  return p;
}

let isFine = true;
try {
  isFine = (await compare("link to a new password", (email) => post("/accounts/password/reset/", { who: email }))) > 0.01;
  const registration = (email) => ({ first_name: "Zoe", last_name: "Quill", email, password: "seven lamps of winter" });
  isFine = (await compare("registration", (email) => post("/accounts/register/", registration(email)))) > 0.01 && isFine;
} finally {
  server.kill("SIGTERM");
  fs.rmSync(home, { recursive: true, force: true });
}
process.exit(isFine ? 0 : 1);
