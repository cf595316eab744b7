// What a customer must see first, on every screen and on paper, and what says that something was done or went wrong.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { assertQuiet, openBrowser, PHONE, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { step } from "./support/story.mjs";

const SMALL_SCREENS = [
  { width: 375, height: 667 },
  { width: 360, height: 640 },
  { width: 320, height: 568 },
];

let site, browser, guest, mei;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  guest = await sit(browser, site, { screen: PHONE, scripts: false });
  mei = await sit(browser, site, { name: "mei", screen: PHONE });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

async function boxes(locator) {
  return locator.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
}

step("the number to call is on the first screen of small phones", async () => {
  const { page } = guest;
  for (const screen of SMALL_SCREENS) {
    await page.setViewportSize(screen);
    await page.goto("/emergency/");
    const [call] = await boxes(page.locator(".emerg__call"));
    assert.ok(call.bottom <= screen.height, `${screen.width}×${screen.height}: ends at ${call.bottom}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= screen.width, `${screen.width}: ${wide} wide`);
  }
});

step("every answer is a row of 44 px, and every 911 a link of 24", async () => {
  const { page } = guest;
  await page.setViewportSize(PHONE);
  await page.goto("/emergency/");
  const rows = await boxes(page.locator("form .check > label"));
  assert.ok(rows.length >= 11, `${rows.length} answers`);
  assert.ok(rows.every((row) => row.height >= 44), JSON.stringify(rows.map((row) => row.height)));
  await page.locator("#place-both + label").click({ position: { x: 5, y: 5 } });
  assert.ok(await page.locator("#place-both").isChecked());
  const links = await boxes(page.locator('main a[href="tel:911"]'));
  assert.ok(links.length >= 3, `${links.length} links`);
  assert.ok(links.every((link) => link.height >= 24), JSON.stringify(links));
});

step("on paper are the utility, the date and the number, in dark ink", async () => {
  const { page } = guest;
  await page.getByLabel("Where is the gas smell?").fill("14 Paper Street");
  await page.getByRole("button", { name: "Send the report" }).click();
  await page.getByRole("heading", { name: "We have your report" }).waitFor();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const shown of [".printhead", ".btn--call .telno"]) assert.ok(await page.locator(shown).first().isVisible(), shown);
  assert.ok(!(await page.locator(".estrip").isVisible()));
  assert.equal(await page.locator(".btn--call .telno").evaluate((number) => getComputedStyle(number).color), "rgb(0, 0, 0)");
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--surface").trim()), "#ffffff");
  await page.emulateMedia({ media: null, colorScheme: null });
});

step("a comment that is refused says so at its field and in the title, until it is corrected", async () => {
  const { page } = mei;
  await page.goto("/service/?status=Pending");
  await page.locator(".req:not(.req--urgent) h3 a").first().click();
  const box = page.getByLabel("Your comment");
  const title = await page.title();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator("#text-error").waitFor();
  assert.equal(await box.getAttribute("aria-invalid"), "true");
  assert.match(await box.getAttribute("aria-describedby"), /text-error/);
  assert.equal(await page.title(), `Problem: ${title}`);
  await box.fill("Now there are words");
  assert.equal(await page.locator("#text-error, .errsum").count(), 0);
  assert.equal(await box.getAttribute("aria-invalid"), null);
  assert.equal(await page.title(), title);
});

step("what was saved has the focus and begins the title", async () => {
  const { page } = mei;
  await page.goto("/account/");
  await page.getByLabel("Phone number").fill("(518) 555-0188");
  await page.locator("form", { has: page.getByLabel("Phone number") }).getByRole("button", { name: "Save" }).click();
  await page.locator(".flash").waitFor();
  assert.ok(await page.locator(".flash").evaluate((flash) => flash === document.activeElement));
  assert.match(await page.title(), /^Contact details saved\./);
});

step("a comment that cannot be sent leaves the focus at the message", async () => {
  const { page, context } = mei;
  await page.goto("/service/?status=Pending");
  await page.locator(".req:not(.req--urgent) h3 a").first().click();
  await page.getByLabel("Your comment").fill("Are you there?");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator(".msg[data-not-sent]").waitFor();
  assert.ok(await page.locator(".msg[data-not-sent]").evaluate((words) => words === document.activeElement));
  await context.setOffline(false);
  assertQuiet(guest);
});
