// Browsers and the people in front of them. Everything a page complains about is kept in `person.complaints`.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { PASSWORD } from "./site.mjs";

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1440, height: 900 };
export const PATIENCE_MS = 40_000;

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function openBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell", args: FLAGS });
}

// Chromium writes a line for each answer from 400 up, also for those the story wants.
function listen(page, complaints) {
  page.on("console", (message) => {
    const isAnswer = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isAnswer) complaints.push(`${page.url()} console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()} script: ${error.message}`));
  page.on("response", (response) => {
    const isPart = response.request().resourceType() !== "document";
    if (response.status() === 404 && isPart) complaints.push(`${page.url()} misses ${response.url()}`);
  });
}

/** A person with a browser profile of its own; `page` is signed in when a `name` of the cast is given. */
export async function sit(browser, site, { name, screen = DESKTOP, scripts = true, ...rest } = {}) {
  const context = await browser.newContext({
    baseURL: site.urlFor(name),
    viewport: screen,
    javaScriptEnabled: scripts,
    reducedMotion: "reduce",
    ...rest,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const complaints = [];
  context.on("page", (page) => listen(page, complaints));
  const page = await context.newPage();
  if (name) await signIn(page, name);
  return { context, page, complaints };
}

export async function signIn(page, name) {
  await page.goto("/accounts/login/");
  await fillSignIn(page, name);
}

export async function fillSignIn(page, name) {
  await page.getByLabel("User name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/accounts/login/");
}

export function assertQuiet(...people) {
  assert.deepEqual(people.flatMap((person) => person.complaints), []);
}

/** Waits until the locator's text holds `words`. */
export function shows(locator, words) {
  return locator.filter({ hasText: words }).first().waitFor();
}

/**
 * Waits until as many elements fit the locator: of what is live on a page, one part can be new while the next one
 * still comes. Not for what ends by itself, as a toast does.
 */
export function counts(locator, expected, words) {
  return becomes(() => locator.count(), expected, words);
}

/** Waits until `read` gives what is expected, and says in the end what it gives instead. */
export async function becomes(read, expected, words) {
  const end = Date.now() + PATIENCE_MS;
  let value = await read();
  while (value !== expected && Date.now() < end) {
    await new Promise((done) => setTimeout(done, 50));
    value = await read();
  }
  assert.equal(value, expected, words);
}

/** The number in the address of a service request's page. */
export function requestId(page) {
  return Number(/\/(?:service|requests)\/(\d+)\//.exec(page.url())?.[1]);
}

/** Waits until the page's event stream is open. */
export function live(page) {
  return page.locator('[data-live-state][data-state="on"]').first().waitFor();
}

/** The same where the mark is not drawn, as on a phone at the desk. */
export function liveWithoutMark(page) {
  return page.locator('[data-live-state][data-state="on"]').first().waitFor({ state: "attached" });
}
