// Notifications: several of one person are one, they are links, and what somebody sees is read. Photos need no words and
// open over the page.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { photo } from "./support/files.mjs";
import { assertQuiet, counts, live, openBrowser, PHONE, requestId, shows, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { step } from "./support/story.mjs";

let site, browser, mei, ravi, id, already;

const unread = (page) => page.locator("[data-unread]:not([hidden]) [data-unread-number]").first();
const rows = (page) => page.locator(`main li:has(a[href$="/${id}/"])`);

async function count(page) {
  return (await unread(page).count()) ? Number(await unread(page).textContent()) : 0;
}

async function waitForCount(page, number) {
  const wanted = (number_) => {
    const badge = document.querySelector("[data-unread]");
    return (badge.hidden ? 0 : Number(badge.querySelector("[data-unread-number]").textContent)) === number_;
  };
  await page.waitForFunction(wanted, number);
}

async function write(page, words, button = "Send") {
  await page.locator("#text").fill(words);
  await page.getByRole("button", { name: button, exact: true }).click();
  await shows(page.locator("[data-timeline]"), words);
}

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  mei = await sit(browser, site, { name: "mei", screen: PHONE });
  ravi = await sit(browser, site, { name: "ravi" });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

step("Ravi's three answers are one notification with its number and the last words", async () => {
  const { page } = mei;
  await page.goto("/service/create/");
  await page.getByRole("radio", { name: "No Gas or Heat" }).check();
  await page.getByLabel("What is happening?").fill("St. Mary's kitchen has no hot water. Please come.");
  await page.getByRole("button", { name: "Send request" }).click();
  await page.waitForURL(/\/received\//);
  id = requestId(page);
  await page.goto("/");
  already = await count(page);
  await ravi.page.goto(`/admin/requests/${id}/`);
  await shows(ravi.page.locator("h1"), "St. Mary's kitchen has no hot water.");
  for (const words of ["Hello Mei", "We are coming", "On Monday at eight"]) await write(ravi.page, words);
  await page.goto("/notifications/");
  await counts(rows(page), 1);
  await shows(rows(page), "(3 times)");
  await shows(rows(page), "St. Mary's kitchen has no hot water.");
  await shows(rows(page), "“On Monday at eight”");
});

step("it opens in a new tab, which marks it as read in both", async () => {
  const { page, context } = mei;
  const opened = context.waitForEvent("page");
  await rows(page).getByRole("link").click({ modifiers: ["ControlOrMeta"] });
  const tab = await opened;
  await shows(tab.locator("[data-timeline]"), "On Monday at eight");
  await waitForCount(tab, already);
  await waitForCount(page, already);
  await page.reload();
  await counts(page.locator(`main li.is-unread:has(a[href$="/${id}/"])`), 0);
  await tab.close();
});

step("what arrives on the page that she sees is read, again and again", async () => {
  const { page } = mei;
  await page.goto(`/service/${id}/`);
  await live(page);
  for (const words of ["Are you at home?", "The crew is at your door"]) {
    await write(ravi.page, words);
    await shows(page.locator("[data-timeline]"), words);
    await page.locator("form[data-read]").waitFor({ state: "hidden" });
    await waitForCount(page, already);
  }
  await page.goto("/notifications/");
  await counts(page.locator(`main li.is-unread:has(a[href$="/${id}/"])`), 0);
});

step("her photo needs no words, and Ravi, who sees it, has read it", async () => {
  const { page } = mei;
  await page.goto(`/service/${id}/`);
  await page.getByLabel("Attach photos or documents").setInputFiles([
    { ...photo(), name: "Invoice No. 12.png" },
    { ...photo(), name: "Invoice No. 13.png" },
  ]);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await shows(page.locator("[data-timeline]"), "Invoice No. 13.png");
  await shows(ravi.page.locator("[data-timeline]"), "Invoice No. 13.png");
  await ravi.page.locator("form[data-read]").waitFor({ state: "hidden" });
  await ravi.page.goto("/notifications/");
  await shows(rows(ravi.page), "2 files");
});

step("a photo opens over the page, by keys; Esc closes it and the focus returns", async () => {
  const { page } = mei;
  await page.goto(`/service/${id}/`);
  const first = page.locator("a[data-view]").first();
  await first.focus();
  await page.keyboard.press("Enter");
  const viewer = page.locator("dialog[open]");
  await shows(viewer, "Invoice No. 12.png");
  await shows(viewer, "1 / 2");
  await page.keyboard.press("ArrowRight");
  await shows(viewer, "Invoice No. 13.png");
  await page.keyboard.press("ArrowRight");
  await shows(viewer, "1 / 2");
  const box = await viewer.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= PHONE.width, JSON.stringify(box));
  await page.keyboard.press("Escape");
  await viewer.waitFor({ state: "detached" });
  assert.ok(await first.evaluate((link) => link === document.activeElement));
  assertQuiet(mei, ravi);
});

step("without scripts a photo is a plain link", async () => {
  const plain = await sit(browser, site, { name: "mei", scripts: false });
  await plain.page.goto(`/service/${id}/`);
  await plain.page.locator("a[data-view]").first().click();
  await plain.page.waitForURL(/\/attachments\/\d+\//);
  await plain.context.close();
});
