// Does the time of an answer tell what is known here? Asks 200 times each, in turns for something known and for something unknown:
// a link to a new password, a registration and a sign-in by email and by user name, and an account's number at a registration and by
// somebody signed in. Compares the times (Mann-Whitney U). Run it on a machine with nothing else to do:
//   node bench/answer_timing.mjs [BINARY [DATABASE_URL]]
// The database of PostgreSQL must be empty. Exit code 1 when a p is 0.01 or less, or when an answer differs.

import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

const BINARY = path.resolve(process.argv[2] ?? "build/release/gas-utility");
const DATABASE = process.argv[3];
const TRIES = 200;
const PASSWORD = "Elm-Street-Regulator-42";
const home = fs.mkdtempSync(path.join(os.tmpdir(), "gas-timing-"));
const env = {
  ...process.env,
  GAS_UTILITY_DATA_DIR: home,
  GAS_UTILITY_DEMO_PASSWORD: PASSWORD,
  GAS_UTILITY_TRUSTED_PROXIES: "127.0.0.1",
  GAS_UTILITY_MAIL_URL: `file://${home}/mail`,
  GAS_UTILITY_MAIL_FROM: "care@gas.example",
  GAS_UTILITY_SITE_URL: "http://localhost",
  ...(DATABASE && { GAS_UTILITY_DATABASE_URL: DATABASE }),
};

function run(program, args) {
  const done = spawnSync(program, args, { env, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${program}: ${done.stderr ?? done.error}`);
  return done.stdout;
}

function sql(text) {
  return DATABASE ? run("psql", ["-qtA", DATABASE, "-c", text]) : run("sqlite3", [path.join(home, "gas-utility.sqlite3"), text]);
}

fs.mkdirSync(path.join(home, "mail"));
run(BINARY, ["demo", "--customers", "1000", "--requests", "1000"]);
sql("UPDATE auth_user SET email = username || '@example.com'");
const numbers = sql("SELECT account_number FROM service_account ORDER BY id DESC LIMIT 800").trim().split("\n");
const server = spawn(BINARY, ["runserver", "127.0.0.1:0"], { env, stdio: ["ignore", "ignore", "pipe"] });
const port = await new Promise((resolve) => {
  createInterface({ input: server.stderr }).on("line", (line) => {
    const found = /http:\/\/localhost:(\d+)/.exec(line);
    if (found) resolve(Number(found[1]));
  });
});

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let networks = 0;

/** Status, text, cookie and milliseconds until the answer; each try comes from a network of its own, because each may try only a few times. */
function ask(method, target, { fields = {}, cookie } = {}) {
  const body = method === "POST" ? new URLSearchParams(fields).toString() : "";
  const headers = {
    "sec-fetch-site": "same-origin",
    "x-forwarded-for": `10.${(networks >> 16) & 255}.${(networks >> 8) & 255}.${networks++ & 255}`,
    ...(cookie && { cookie }),
    ...(method === "POST" && { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body) }),
  };
  return new Promise((resolve, reject) => {
    const begin = process.hrtime.bigint();
    const request = http.request({ port, method, path: target, agent, headers }, (response) => {
      const pieces = [];
      response.on("data", (piece) => pieces.push(piece));
      response.on("end", () => {
        const time = Number(process.hrtime.bigint() - begin) / 1e6;
        const cookies = (response.headers["set-cookie"] ?? []).map((line) => line.split(";")[0]);
        resolve({ status: response.statusCode, to: response.headers.location ?? "", text: Buffer.concat(pieces).toString(), cookies, time });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}
const post = (target, fields) => ask("POST", target, { fields });

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

let isFine = true;

/** `known` and `unknown` make what is asked for from the number of the try; `send` answers it. */
async function compare(name, { known, unknown, send }) {
  const times = { known: [], unknown: [] };
  const answers = { known: new Set(), unknown: new Set() };
  for (let i = 0; i < 20; ++i) await send(unknown(10_000 + i));
  for (let i = 0; i < TRIES; ++i) {
    const turns = Math.random() < 0.5 ? ["known", "unknown"] : ["unknown", "known"];
    for (const turn of turns) {
      const { time, status, to } = await send(turn === "known" ? known(i) : unknown(i));
      times[turn].push(time);
      answers[turn].add(`${status} ${to.replace(/=.*/, "")}`);
    }
  }
  const p = pValue(times.known, times.unknown);
  const said = [...answers.known].join();
  const isSame = said === [...answers.unknown].join();
  isFine = isFine && p > 0.01 && isSame;
  const [yes, no] = [median(times.known), median(times.unknown)].map((time) => time.toFixed(3));
  const verdict = isSame ? said : `${said} against ${[...answers.unknown].join()}`;
  console.log(`${name.padEnd(40)} known ${yes} ms, unknown ${no} ms, p = ${p.toFixed(3)} (${verdict})`);
}

const customer = (i) => `customer${String((i % 900) + 1).padStart(4, "0")}`;
const stranger = (i) => `zustomer${String((i % 900) + 1).padStart(4, "0")}`;
// Nobody's, and as long as those that there are.
const free = (i) => String(9_000_000_000 + i * 7);
const person = { first_name: "Zoe", last_name: "Quill", password: "seven lamps of winter" };
let persons = 0;

/** Sends the form of somebody signed in; each sends three, because more would be refused. */
function signedIn(target) {
  let cookie;
  let csrf;
  let sent = 0;
  return async (fields) => {
    if (sent++ % 3 === 0) {
      const { cookies } = await post("/accounts/login/", { username: customer(sent + 300), password: PASSWORD });
      cookie = cookies.join("; ");
      const { text } = await ask("GET", "/account/", { cookie });
      csrf = /name="csrf" value="([^"]+)"/.exec(text)[1];
    }
    return ask("POST", target, { fields: { ...fields, csrf }, cookie });
  };
}

try {
  const reset = (who) => post("/accounts/password/reset/", { who });
  const signIn = (username) => post("/accounts/login/", { username, password: "seven lamps of summer" });
  const register = (fields) => post("/accounts/register/", { ...person, email: `zoe${persons++}@example.com`, ...fields });
  const email = { known: (i) => `${customer(i)}@example.com`, unknown: (i) => `${stranger(i)}@example.com` };
  const name = { known: customer, unknown: stranger };
  const account = (made) => ({ known: (i) => made(numbers[i % numbers.length]), unknown: (i) => made(free(i)) });
  await compare("link to a new password, email", { ...email, send: reset });
  await compare("link to a new password, user name", { ...name, send: reset });
  await compare("registration, email", { ...email, send: (value) => register({ email: value }) });
  await compare("registration, user name", { ...name, send: (value) => register({ username: value }) });
  await compare("registration, account number", { ...account((number) => ({ account: number, zip: "12345" })), send: register });
  await compare("sign-in, email", { ...email, send: signIn });
  await compare("sign-in, user name", { ...name, send: signIn });
  await compare("claim, account number", { ...account((number) => ({ account: number, zip: "12345" })), send: signedIn("/account/claim/") });
} finally {
  server.kill("SIGTERM");
  fs.rmSync(home, { recursive: true, force: true });
}
process.exit(isFine ? 0 : 1);
