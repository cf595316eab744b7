// Lena makes her own sign-in and later forgets its password; each time she reads her mail. Then the same without scripts.

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before } from "node:test";
import { lookAt } from "./support/axe.mjs";
import { lookAtPages } from "./support/layout.mjs";
import { assertQuiet, openBrowser, PHONE, shows, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { step } from "./support/story.mjs";

const CHOSEN = "seven lamps of winter";
const LATER = "four kettles in a row";
let site, browser, box;

before(async () => {
  box = fs.mkdtempSync(path.join(os.tmpdir(), "gas-mail-"));
  site = await Site.open({ GAS_UTILITY_MAIL_URL: `file://${box}`, GAS_UTILITY_MAIL_FROM: "care@gas.example", GAS_UTILITY_SITE_URL: "http://localhost" });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await site?.close();
  fs.rmSync(box, { recursive: true, force: true });
});

/** The path of the link in the newest mail to `address` with `words` in its subject; waits for it. */
async function linkInMail(address, words) {
  for (let tries = 0; tries < 100; ++tries) {
    const mails = fs.readdirSync(box).filter((name) => name.endsWith(".eml")).sort();
    for (const name of mails.reverse()) {
      const text = fs.readFileSync(path.join(box, name), "utf8").replaceAll("=\r\n", "");
      if (!text.includes(address) || !text.includes(words)) continue;
      fs.rmSync(path.join(box, name));
      const link = /https?:\/\/[^/\s"]+(\/accounts\/[^\s"<]+\/)/.exec(text);
      return link?.[1];
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no mail to ${address} with ${words}`);
}

async function fillIn(page, fields) {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
}

step("the pages of a registration and of a new password pass axe, and nothing is cut off", async () => {
  const { context, page } = await sit(browser, site);
  await page.goto("/accounts/register/");
  await fillIn(page, { "First name": "Vera", "Last name": "Lang", Email: "vera@example.com", "Choose a password": CHOSEN });
  await page.getByRole("button", { name: "Email me the link" }).click();
  const confirm = await linkInMail("vera@example.com", "/accounts/register/");
  await page.goto("/accounts/password/reset/");
  await fillIn(page, { "Email or user name": "mei" });
  await page.getByRole("button", { name: "Email me a link" }).click();
  const reset = await linkInMail("mei", "/accounts/password/reset/");
  await context.close();
  const sendEmpty = async (open) => {
    await open.locator("main form .btn--primary").click();
    await open.locator("main .error").first().waitFor();
  };
  const list = [
    { name: "registration", path: "/accounts/register/" },
    { name: "registration with errors", path: "/accounts/register/", act: sendEmpty, speaksAll: true },
    { name: "registration's link", path: confirm },
    { name: "new password", path: reset },
    { name: "new password with errors", path: reset, act: sendEmpty, speaksAll: true },
    { name: "dead link", path: "/accounts/password/reset/0000000000000000000000000000000000000000000/" },
  ];
  await lookAt(browser, site, { list });
  for (const language of ["en", "es"]) await lookAtPages(browser, site, { language, list: list.filter(({ act }) => !act) });
});

for (const scripts of [true, false]) {
  const who = scripts ? "lena@example.com" : "nils@example.com";

  step(`she registers, confirms and is signed in, scripts: ${scripts}`, async () => {
    const lena = await sit(browser, site, { screen: PHONE, scripts });
    const { page } = lena;
    await page.goto("/accounts/login/");
    await page.getByRole("link", { name: "Create one" }).click();
    await fillIn(page, { "First name": "Lena", "Last name": "Ortiz", Email: who, "Choose a password": "short" });
    await page.getByRole("button", { name: "Email me the link" }).click();
    await shows(page.getByRole("alert"), "Use at least 12 characters.");
    assert.equal(await page.getByLabel("Email", { exact: true }).inputValue(), who);
    await fillIn(page, { "Choose a password": CHOSEN });
    await page.getByRole("button", { name: "Email me the link" }).click();
    await shows(page.locator(".flash"), "Look into your mail");
    await page.goto(await linkInMail(who, "/accounts/register/"));
    await page.getByLabel("Password", { exact: true }).fill(CHOSEN);
    await page.getByRole("button", { name: "Confirm and sign in" }).click();
    await page.waitForURL(/\/account\/$/);
    await shows(page.locator(".flash"), "Your sign-in is ready.");
    assertQuiet(lena);
    await lena.context.close();
  });

  step(`she forgets her password and chooses another one, scripts: ${scripts}`, async () => {
    const lena = await sit(browser, site, { screen: PHONE, scripts });
    const { page } = lena;
    await page.goto("/accounts/login/");
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await fillIn(page, { "Email or user name": who });
    await page.getByRole("button", { name: "Email me a link" }).click();
    await shows(page.locator(".flash"), "Look into your mail");
    const link = await linkInMail(who, "/accounts/password/reset/");
    await page.goto(link);
    await fillIn(page, { "New password": LATER, "New password again": LATER });
    await page.getByRole("button", { name: "Save new password" }).click();
    await shows(page.locator(".flash"), "Your new password is saved");
    await page.getByLabel("User name or email").fill(who);
    await page.getByLabel("Password", { exact: true }).fill(LATER);
    await page.locator("main").getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL((url) => url.pathname === "/");
    await page.goto(link);
    await shows(page.locator("h1"), "This link no longer works");
    assertQuiet(lena);
    await lena.context.close();
  });
}
