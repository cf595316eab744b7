// The server dies in the middle of a conversation. Open pages say so, and catch up with all that happened meanwhile.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { live, openBrowser, requestId, shows, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { step } from "./support/story.mjs";

let site, browser, mei, ravi, id;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  mei = await sit(browser, site, { name: "mei" });
  ravi = await sit(browser, site, { name: "ravi", scripts: false });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

step("Mei's page is live", async () => {
  await mei.page.goto("/service/?status=Pending");
  await mei.page.getByRole("link", { name: /kitchen range/ }).click();
  await mei.page.waitForURL(/\/service\/\d+\//);
  id = requestId(mei.page);
  await live(mei.page);
});

step("killed, the server takes her comment neither now nor away from her", async () => {
  await mei.page.evaluate(() => (window.sameDocument = true));
  await site.kill();
  await shows(mei.page.locator('[data-live-state][data-state="off"]'), "Reconnecting");
  await mei.page.getByLabel("Your comment").fill("Is Thursday still fine?");
  await mei.page.getByRole("button", { name: "Send", exact: true }).click();
  await shows(mei.page.locator("[data-not-sent]"), "We don’t know whether this was sent.");
  assert.equal(await mei.page.getByLabel("Your comment").inputValue(), "Is Thursday still fine?");
});

step("what Ravi writes while she is cut off reaches her page afterwards, without a reload", async () => {
  await mei.context.setOffline(true);
  await site.start();
  await ravi.page.goto(`/admin/requests/${id}/`);
  const form = ravi.page.getByRole("form", { name: "Write" });
  await form.getByLabel("Message").fill("The power was out here.");
  await form.getByRole("button", { name: "Send", exact: true }).click();
  await shows(ravi.page.locator(".cm--staff"), "The power was out here.");
  // Her page is offline, but the browser's shared worker is not: it may have heard of it already.
  await mei.context.setOffline(false);
  await shows(mei.page.locator("[data-timeline] .cm--staff"), "The power was out here.");
  await live(mei.page);
  assert.equal(await mei.page.evaluate(() => window.sameDocument), true);
});

step("her comment can be sent now, once", async () => {
  await mei.page.getByRole("button", { name: "Send", exact: true }).click();
  await shows(mei.page.locator("[data-timeline]"), "Is Thursday still fine?");
  assert.equal(await mei.page.getByLabel("Your comment").inputValue(), "");
  await mei.page.reload();
  assert.equal(await mei.page.locator(".cm", { hasText: "Is Thursday still fine?" }).count(), 1);
});
