// Mei chooses one email a day and stops emails by a mail program's one click; the site tells her all the same.

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before } from "node:test";
import { lookAt } from "./support/axe.mjs";
import { assertQuiet, openBrowser, PHONE, requestId, shows, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { step } from "./support/story.mjs";

let site, browser, box, mei, ravi, id;

/** Newest last, as people read them. */
function mails() {
  const names = fs.readdirSync(box).filter((name) => name.endsWith(".eml"));
  const number = (name) => Number(/^mail-(\d+)-/.exec(name)[1]);
  return names.sort((a, b) => number(a) - number(b)).map((name) => fs.readFileSync(path.join(box, name), "utf8").replaceAll("=\r\n", ""));
}

async function mailsWith(words, count) {
  for (let tries = 0; tries < 100; ++tries) {
    const found = mails().filter((text) => text.includes(words));
    if (found.length >= count) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not ${count} mails with ${words}`);
}

/** Longer than the server needs to send what is due. */
function aMoment() {
  return new Promise((resolve) => setTimeout(resolve, 3000));
}

async function reply(words) {
  await ravi.page.goto(`/admin/requests/${id}/`);
  await ravi.page.locator("#text").fill(words);
  await ravi.page.getByRole("button", { name: "Send", exact: true }).click();
  await shows(ravi.page.locator("[data-timeline]"), words);
}

before(async () => {
  box = fs.mkdtempSync(path.join(os.tmpdir(), "gas-mail-"));
  site = await Site.open({
    GAS_UTILITY_MAIL_URL: `file://${box}`,
    GAS_UTILITY_MAIL_FROM: "care@gas.example",
    GAS_UTILITY_SITE_URL: "https://service.gas.example",
  });
  browser = await openBrowser();
  mei = await sit(browser, site, { name: "mei", screen: PHONE, scripts: false });
  ravi = await sit(browser, site, { name: "ravi" });
});
after(async () => {
  await browser?.close();
  await site?.close();
  fs.rmSync(box, { recursive: true, force: true });
});

step("an answer is mailed, with a link that leads to her choices and one that stops such mail", async () => {
  const { page } = mei;
  await page.goto("/service/create/");
  await page.getByRole("radio", { name: "No Gas or Heat" }).check();
  await page.getByLabel("What is happening?").fill("The radiator in the hall stays cold.");
  await page.getByRole("button", { name: "Send request" }).click();
  await page.waitForURL(/\/received\//);
  id = requestId(page);
  await reply("We come at eight.");
  const [mail] = await mailsWith("We come at eight.", 1);
  assert.match(mail, /https:\/\/service\.gas\.example\/account\/notifications\//);
  assert.match(mail, /\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n/);
});

step("she chooses one email a day, and the next answer is not mailed now", async () => {
  const { page } = mei;
  await page.goto("/notifications/");
  await page.getByRole("link", { name: "Choose what we tell you" }).click();
  await shows(page.locator("main"), "They can’t be switched off");
  await page.getByLabel("Once a day, everything in one email").check();
  await page.getByLabel("Time of the daily email").fill("03:00");
  await page.getByRole("button", { name: "Save" }).click();
  await shows(page.getByRole("status").first(), "Your choices are saved.");
  await reply("We bring a new valve.");
  await aMoment();
  assert.equal(mails().filter((text) => text.includes("We bring a new valve.")).length, 0);
});

step("without waiting for the day's end she gets it when she chooses “As it happens” again", async () => {
  const { page } = mei;
  await page.goto("/account/notifications/");
  await page.getByLabel("As it happens").check();
  await page.getByRole("button", { name: "Save" }).click();
  await mailsWith("We bring a new valve.", 1);
});

step("opening the link stops nothing; the mail program's one click does, with no cookie", async () => {
  const [mail] = await mailsWith("We bring a new valve.", 1);
  const link = /\r\nList-Unsubscribe: <https:\/\/service\.gas\.example(\/mail\/off\/[^>]+)>/.exec(mail)[1];
  const opened = await fetch(site.url + link);
  assert.equal(opened.status, 200);
  await lookAt(browser, site, {
    list: [
      { name: "stop such mail", path: link },
      { name: "stop such mail, cut link", path: link.slice(0, -8) },
    ],
  });
  await reply("The valve is here.");
  await mailsWith("The valve is here.", 1);

  const form = new FormData();
  form.append("List-Unsubscribe", "One-Click");
  const answer = await fetch(site.url + link, { method: "POST", body: form, redirect: "error" });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("set-cookie"), null);
  await reply("It fits.");
  await aMoment();
  assert.equal(mails().filter((text) => text.includes("It fits.")).length, 0);
});

step("the notification on the site is still there, and the choice can be seen and taken back", async () => {
  const { page } = mei;
  await page.goto("/notifications/");
  await shows(page.locator(`main li:has(a[href$="/${id}/"])`), "“It fits.”");
  await page.goto("/account/notifications/");
  const answers = page.locator("#mail_replied");
  assert.equal(await answers.isChecked(), false);
  await answers.check();
  await page.getByRole("button", { name: "Save" }).click();
  await reply("All done.");
  await mailsWith("All done.", 1);
});

step("two tabs: the second one is told of the first, and nothing typed is lost", async () => {
  const { page, context } = mei;
  const other = await context.newPage();
  await other.goto("/account/notifications/");
  await page.goto("/account/notifications/");
  await page.getByLabel("From", { exact: true }).fill("22:00");
  await page.getByLabel("Until", { exact: true }).fill("06:00");
  await page.getByRole("button", { name: "Save" }).click();
  await other.getByLabel("Never").check();
  await other.getByRole("button", { name: "Save" }).click();
  await shows(other.getByRole("alert"), "Your choices were changed in the meantime");
  assert.equal(await other.getByLabel("Never").isChecked(), true);
  await page.reload();
  assert.equal(await page.getByLabel("From", { exact: true }).inputValue(), "22:00");
  await other.close();
  assertQuiet(ravi);
});
