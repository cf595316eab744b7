// A short message about what was done: one at a time, and none beside a refusal.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { assertQuiet, openBrowser, shows, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { scene } from "./support/story.mjs";

let site, browser;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

scene("two comments sent at once are one toast, which goes when the next one is refused", async () => {
  const { page, context, complaints } = await sit(browser, site, { name: "mei" });
  await page.goto("/service/");
  await page.locator(".req h3 a").first().click();
  const send = page.getByRole("button", { name: "Send", exact: true });
  const toasts = page.locator(".toast");
  for (const words of ["The first one", "The second one"]) {
    await page.getByLabel("Your comment").fill(words);
    await send.click();
    await shows(page.locator("[data-timeline]"), words);
    await shows(toasts, "Sent");
    assert.equal(await toasts.count(), 1);
  }
  await send.click();
  await shows(page.locator("[data-form-errors]"), "There is a problem");
  assert.equal(await toasts.count(), 0);
  assertQuiet({ complaints });
  await context.close();
});
