// Mei looks after her profile: she signs another device out, which sees it at once, and changes her email, which counts when she has
// opened the link in the mail. Then the same without scripts.

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before } from "node:test";
import { lookAt } from "./support/axe.mjs";
import { assertQuiet, DESKTOP, live, openBrowser, PHONE, shows, sit } from "./support/people.mjs";
import { PASSWORD, Site } from "./support/site.mjs";
import { step } from "./support/story.mjs";

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

/** The newest mail to `address` with `words` in it; waits for it. */
async function mailTo(address, words) {
  for (let tries = 0; tries < 100; ++tries) {
    const names = fs.readdirSync(box).filter((name) => name.endsWith(".eml")).sort().reverse();
    const mails = names.map((name) => fs.readFileSync(path.join(box, name), "utf8").replaceAll("=\r\n", ""));
    const found = mails.find((mail) => mail.includes(`To: ${address}`) && mail.includes(words));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no mail to ${address} with ${words}`);
}

step("she signs another device out, which sees it at once", async () => {
  const atHome = await sit(browser, site, { name: "mei", screen: DESKTOP });
  const phone = await sit(browser, site, { name: "mei", screen: PHONE });
  await phone.page.goto("/service/");
  await phone.page.locator("main").getByRole("link", { name: /kitchen range/ }).first().click();
  await live(phone.page);
  await atHome.page.goto("/account/");
  await atHome.page.getByRole("link", { name: "Show devices" }).click();
  await shows(atHome.page.locator(".pill"), "This device");
  await atHome.page.getByRole("button", { name: /^Sign out:/ }).first().click();
  await shows(atHome.page.locator(".flash"), "That device is signed out.");
  await shows(phone.page.locator("[data-signed-out-page]"), "You are signed out");
  await phone.page.goto("/account/");
  await phone.page.waitForURL(/\/accounts\/login\//);
  assertQuiet(atHome, phone);
  await atHome.context.close();
  await phone.context.close();
});

for (const scripts of [true, false]) {
  const wanted = scripts ? "mei.new@example.com" : "mei.newer@example.com";

  step(`her new email counts when she has opened the link, scripts: ${scripts}`, async () => {
    const mei = await sit(browser, site, { name: "mei", screen: PHONE, scripts });
    const { page } = mei;
    await page.goto("/account/");
    const old = await page.locator("#email").inputValue();
    await page.locator("#email").fill(wanted);
    await page.locator("#current_password").fill(PASSWORD);
    await page.getByRole("button", { name: "Save contact details" }).click();
    await shows(page.locator(".flash"), "we send you a link to confirm it");
    await shows(page.locator("#email-waits"), `We sent a link to ${wanted}.`);
    assert.equal(await page.locator("#email").inputValue(), old);
    const link = /https?:\/\/[^/\s"]+(\/account\/email\/confirm\/[^\s"<]+\/)/.exec(await mailTo(wanted, "/account/email/"))?.[1];
    if (scripts) await lookAt(browser, site, { name: "mei", list: [{ name: "confirm an email", path: link }] });
    await page.goto(link);
    await page.getByRole("button", { name: "Yes, this is my email" }).click();
    await shows(page.locator(".flash"), "Your new email is confirmed.");
    assert.equal(await page.locator("#email").inputValue(), wanted);
    assert.match(await mailTo(old, "Your email was changed"), /Was it not you\?/);
    await page.goto(link);
    await shows(page.locator("h1"), "This link no longer works");
    assertQuiet(mei);
    await mei.context.close();
  });
}
