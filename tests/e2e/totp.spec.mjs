// The second step of the sign-in: Mei turns it on, signs in with a code and with a recovery code, loses her phone, and Ada
// resets it. The codes are computed here, as an app does.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import fs from "node:fs";
import { after, before } from "node:test";
import { lookAt } from "./support/axe.mjs";
import { assertQuiet, DESKTOP, fillSignIn, openBrowser, PHONE, shows, sit } from "./support/people.mjs";
import { PASSWORD, Site } from "./support/site.mjs";
import { step } from "./support/story.mjs";

const STEP_MS = 30_000;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

let site, browser, mei, key, recoveryCodes, lastStep;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  mei = await sit(browser, site, { name: "mei", screen: PHONE });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

function bytesOf(base32) {
  let bits = "";
  for (const letter of base32) bits += LETTERS.indexOf(letter).toString(2).padStart(5, "0");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

// RFC 6238. Each code counts once and lives for 30 seconds, of which some must be left for typing it.
async function code() {
  const step = () => Math.floor(Date.now() / STEP_MS);
  while (step() <= (lastStep ?? 0) || Date.now() % STEP_MS > STEP_MS - 8000) await new Promise((done) => setTimeout(done, 200));
  lastStep = step();
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(lastStep));
  const hash = createHmac("sha1", bytesOf(key)).update(counter).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function typeCode(page, value) {
  await page.getByRole("heading", { name: "Enter your code" }).waitFor();
  await page.getByLabel("Code", { exact: true }).fill(value);
  await page.getByRole("button", { name: "Continue" }).click();
}

step("Mei sets it up on her phone and sees the recovery codes once", async () => {
  const { page } = mei;
  await page.goto("/account/");
  await page.getByRole("link", { name: "Set up" }).click();
  await page.getByRole("img", { name: "QR code for your authenticator app" }).waitFor();
  key = (await page.locator("#factor-key").textContent()).replaceAll(" ", "");
  await page.getByLabel("2. Enter the code from the app").fill("000000");
  await page.getByRole("button", { name: "Turn on" }).click();
  await shows(page.locator(".error"), "That code does not fit the key on this page.");
  assert.equal((await page.locator("#factor-key").textContent()).replaceAll(" ", ""), key);
  const second = await page.context().newPage();
  await second.goto("/account/security/");
  assert.equal((await second.locator("#factor-key").textContent()).replaceAll(" ", ""), key, "in every tab");
  await second.close();
  await page.getByLabel("2. Enter the code from the app").fill(await code());
  await page.getByRole("button", { name: "Turn on" }).click();
  await page.getByRole("heading", { name: "Save your recovery codes" }).waitFor();
  recoveryCodes = (await page.locator("#recovery-codes").textContent()).trim().split("\n");
  // One a line, inside the card, on the phone too.
  const { height, right } = await page.locator("#recovery-codes").evaluate((box) => ({ height: box.offsetHeight, right: box.scrollWidth - box.clientWidth }));
  assert.ok(height > 10 * 12 && right <= 0, `${height} px high, ${right} px cut off`);
  assert.equal(recoveryCodes.length, 10);
  for (const time of ["once", "and again: the page does not wait for another one"]) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as a text file" }).click()]);
    assert.equal(download.suggestedFilename(), "recovery-codes.txt");
    const text = fs.readFileSync(await download.path(), "utf8");
    assert.deepEqual(recoveryCodes.filter((code) => !text.includes(code)), [], time);
  }
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator("#recovery-codes").isVisible(), "on paper");
  assert.equal(await page.getByRole("button", { name: "Save as a text file" }).isVisible(), false);
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("button", { name: "I saved these codes" }).click();
  await page.goto("/account/security/");
  await page.getByText("10 recovery codes are left.").waitFor();
  assert.equal(await page.locator("#recovery-codes, #factor-key").count(), 0);
});

step("the password alone is not enough any more, the code is, and a text survives both pages", async () => {
  const { page } = mei;
  await page.goto("/service/create/");
  await page.getByLabel("What is happening?").fill("The meter hums at night.");
  site.sql("DELETE FROM auth_session");
  await page.goto("/service/create/");
  await fillSignIn(page, "mei");
  await typeCode(page, "000000");
  await shows(page.locator(".error"), "That code is wrong.");
  await typeCode(page, await code());
  await page.waitForURL(/\/service\/create\//);
  assert.equal(await page.getByLabel("What is happening?").inputValue(), "The meter hums at night.");
});

step("the page that asks for the code passes axe in both languages", async () => {
  const askForCode = async (page) => {
    await page.locator("[name=username]").fill("mei");
    await page.locator("main [name=password]").fill(PASSWORD);
    await page.locator("main form .btn--primary").click();
    await page.locator("main [name=code]").waitFor();
  };
  await lookAt(browser, site, { list: [{ name: "code", path: "/accounts/login/", act: askForCode, speaksAll: true }] });
});

step("without her phone a recovery code lets her in, once", async () => {
  for (const isTaken of [true, false]) {
    const other = await sit(browser, site, { screen: DESKTOP });
    await other.page.goto("/accounts/login/");
    await fillSignIn(other.page, "mei");
    await other.page.getByText("I don’t have my phone").click();
    await other.page.getByLabel("Recovery code").fill(recoveryCodes[0].toUpperCase().replace("-", " "));
    await other.page.getByRole("button", { name: "Use the recovery code" }).click();
    await shows(other.page.locator("main"), isTaken ? "9 are left" : "That recovery code is wrong, or it was used before.");
    assertQuiet(other);
    await other.context.close();
  }
});

step("Mei reads that it was a new device and a recovery code", async () => {
  const { page } = mei;
  await page.goto("/notifications/");
  await shows(page.locator("main li"), "Somebody signed in as you on a new device: Chrome");
  await shows(page.locator("main li"), "Somebody signed in as you with a recovery code");
});

step("Ada resets it for the lost phone, and the password alone is enough again", async () => {
  const ada = await sit(browser, site, { name: "ada", screen: DESKTOP });
  await ada.page.goto("/admin/users/?q=mei");
  await ada.page.locator("main").getByRole("link", { name: /Mei/ }).first().click();
  await ada.page.getByText("Phone lost? Reset it").click();
  await ada.page.getByRole("button", { name: "Yes, reset the second step" }).click();
  await ada.page.getByText("The second step is reset.").waitFor();
  await shows(ada.page.locator("main"), "reset the second step of the sign-in");
  assertQuiet(ada);
  const { page } = mei;
  await page.goto("/accounts/login/");
  await fillSignIn(page, "mei");
  await page.goto("/notifications/");
  await shows(page.locator("main li"), "The second step of your sign-in was reset");
  await page.goto("/account/security/");
  await page.getByRole("heading", { name: "Turn on the second step" }).waitFor();
  assertQuiet(mei);
});
