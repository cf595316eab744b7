// The main road with two people: a request reaches a representative, and the answer comes back without a reload.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { photo } from "./support/files.mjs";
import { assertQuiet, DESKTOP, live, openBrowser, PHONE, requestId, shows, signIn, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { step } from "./support/story.mjs";
import { record } from "./support/wire.mjs";

const DESCRIPTION = "The boiler clicks but does not light. It started this morning.";
const NOTE = "Third call from this house, bring the new valve";
const REPLY = "A technician comes today before noon.";
const RESOLUTION = "The igniter is replaced and the boiler runs.";

let site, browser, mei, ravi, wire, announced, reference, id;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  mei = await sit(browser, site, { screen: PHONE, hasTouch: true, isMobile: true });
  wire = await record(mei);
  ravi = await sit(browser, site, { name: "ravi", screen: DESKTOP });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const unread = async () => Number(await mei.page.locator(".tabbar [data-unread-number]").textContent());

/** What arrived on the page that she sees no longer counts. */
async function isReadAgain() {
  await mei.page.locator("form[data-read]").waitFor({ state: "hidden" });
  await mei.page.waitForFunction((before) => {
    return Number(document.querySelector(".tabbar [data-unread-number]").textContent) === before;
  }, wire.unread);
}

step("Mei sends a request with a photo and sees how far it is", async () => {
  await ravi.page.goto("/admin/requests/?status=Pending");
  await live(ravi.page);
  announced = shows(ravi.page.locator(".toasts"), "New request: The boiler clicks");

  const { page } = mei;
  await signIn(page, "mei");
  await page.getByRole("link", { name: "New request" }).first().click();
  await page.getByRole("radio", { name: "No Gas or Heat" }).check();
  await page.getByLabel("What is happening?").fill(DESCRIPTION);
  await page.getByLabel("Add photos or documents").setInputFiles(photo(900));
  await page.waitForFunction(() => document.querySelector("[data-files] img")?.naturalWidth === 320);
  await wire.slowUploads(600_000);
  await page.getByRole("button", { name: "Send request" }).click();
  await shows(page.locator(".sending"), /Sending, [1-9]\d? %/);

  await page.waitForURL(/\/service\/\d+\/received\//);
  await wire.slowUploads(-1);
  await page.getByRole("heading", { name: "We have your request" }).waitFor();
  reference = await page.locator(".bigref span").first().textContent();
  assert.match(reference, /^SR-\d+$/);
  id = requestId(page);
});

step("the open queue of Ravi announces it and moves nothing", async () => {
  const { page } = ravi;
  await shows(page.locator("[data-livebar]:not([hidden])"), "1 new request");
  await announced;
  assert.equal(await page.locator(`#r${id}`).count(), 0);
  await page.getByRole("link", { name: "1 new request" }).click();
  await page.locator(`#r${id} .q-title a`).click();
  await page.getByRole("heading", { level: 1, name: /boiler clicks/ }).waitFor();
  await live(page);
});

step("his reply, and not his note, appears on the open page of Mei", async () => {
  await mei.page.getByRole("link", { name: "Follow this request" }).click();
  await live(mei.page);
  wire.unread = await unread();

  const form = ravi.page.getByRole("form", { name: "Write" });
  await form.getByRole("radio", { name: "Internal note" }).check();
  await form.getByText("Only staff read this").waitFor();
  await form.getByLabel("Message").fill(NOTE);
  await form.getByRole("button", { name: "Save note" }).click();
  await shows(ravi.page.locator("[data-timeline] .cm--note"), NOTE);
  await form.getByRole("radio", { name: "Reply" }).check();
  await form.getByLabel("Message").fill(REPLY);
  await form.getByRole("button", { name: "Send", exact: true }).click();

  await shows(mei.page.locator("[data-timeline] .cm--staff"), REPLY);
  await isReadAgain();
  assert.equal(await mei.page.getByText(NOTE).count(), 0);
});

step("Resolved with a comment reaches her without a reload, and is read because she sees it", async () => {
  await mei.page.evaluate(() => (window.sameDocument = true));
  const message = ravi.page.getByLabel("Message", { exact: true });
  await message.fill(RESOLUTION);
  await message.press("Control+Shift+Enter");
  await shows(ravi.page.locator(".reqhead .pill"), "Resolved");

  await shows(mei.page.locator("[data-timeline] .cm--staff"), RESOLUTION);
  await shows(mei.page.locator('[data-slot="state"] .pill'), "Resolved");
  await isReadAgain();
  assert.equal(await mei.page.evaluate(() => window.sameDocument), true);
});

step("her comment opens it again on both pages, and Ravi sees it live", async () => {
  await mei.page.locator('[data-slot="state"]').getByRole("link", { name: "Tell us what’s wrong" }).click();
  await mei.page.keyboard.type("Warm again, thank you!");
  await mei.page.getByRole("button", { name: "Send and reopen" }).click();
  await shows(mei.page.locator(".flash"), "Your request is open again");
  await shows(mei.page.locator("[data-timeline]"), "Warm again, thank you!");
  await shows(mei.page.locator('[data-slot="state"] .pill'), "Pending");
  await shows(ravi.page.locator("[data-timeline]"), "Warm again, thank you!");
  await shows(ravi.page.locator(".reqhead .pill"), "Pending");
  await ravi.page.getByRole("button", { name: "Mark as resolved" }).waitFor();
  await ravi.page.getByRole("button", { name: "Send and resolve" }).waitFor();
  assert.equal(await mei.page.getByLabel("Your comment").inputValue(), "");
  assert.equal(await ravi.page.locator("[data-timeline] .cm", { hasText: "Warm again" }).count(), 1);
});

step("her notifications say what happened and lead to the request", async () => {
  const { page } = mei;
  await page.locator(".tabbar").getByRole("link", { name: "Notifications" }).click();
  await page.getByRole("heading", { level: 1, name: "Notifications" }).waitFor();
  // What arrived while she saw the page of the request is read already.
  const rows = page.locator("main li", { hasText: reference });
  assert.ok((await rows.count()) >= 2, await page.locator("main").innerText());
  assert.equal(await page.locator("main li.is-unread", { hasText: reference }).count(), 0);
  await rows.first().getByRole("link").click();
  await page.waitForURL(new RegExp(`/service/${id}/`));
});

step("the internal note is on no page and in no event that Mei was sent", async () => {
  const sent = await wire.everything();
  assert.ok(sent.includes(REPLY) && sent.includes(RESOLUTION), "the recording holds what she may read");
  assert.ok(wire.events.some((event) => event.data.includes(RESOLUTION)), "the recording holds her stream");
  assert.ok(!sent.includes(NOTE));
  assert.ok(!sent.includes("Third call"));
  assertQuiet(mei, ravi);
});
