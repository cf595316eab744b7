// The main road once more with scripts turned off: plain forms, plain links, reloads.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { photo } from "./support/files.mjs";
import { assertQuiet, DESKTOP, openBrowser, PHONE, requestId, shows, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { step } from "./support/story.mjs";

const DESCRIPTION = "The meter cover is broken. A branch fell on it.";
const NOTE = "Same branch as number 14";
const REPLY = "We bring a new cover tomorrow.";

let site, browser, mei, ravi, id, reference;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  mei = await sit(browser, site, { name: "mei", screen: PHONE, scripts: false });
  ravi = await sit(browser, site, { name: "ravi", screen: DESKTOP, scripts: false });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

step("Mei sends a request with a photo", async () => {
  const { page } = mei;
  await page.getByRole("link", { name: "New request" }).first().click();
  await page.getByRole("radio", { name: "Maintenance" }).check();
  await page.getByLabel("What is happening?").fill(DESCRIPTION);
  await page.getByLabel("Add photos or documents").setInputFiles(photo());
  await page.getByRole("button", { name: "Send request" }).click();
  await page.getByRole("heading", { name: "We have your request" }).waitFor();
  reference = await page.locator(".bigref span").first().textContent();
  id = requestId(page);
});

step("reloading the confirmation sends nothing twice", async () => {
  await mei.page.reload();
  await mei.page.goto("/service/");
  assert.equal(await mei.page.getByRole("link", { name: "The meter cover is broken." }).count(), 1);
});

step("Ravi finds it by its reference, sees the photo, writes a note and a reply", async () => {
  const { page } = ravi;
  await page.goto("/admin/requests/");
  await page.getByRole("searchbox").fill(reference);
  await page.getByRole("searchbox").press("Enter");
  await page.locator(`#r${id} .q-title a`).click();
  await page.getByText("meter.png").waitFor();

  const form = page.getByRole("form", { name: "Write" });
  await form.getByRole("radio", { name: "Internal note" }).check();
  await form.getByLabel("Message").fill(NOTE);
  await form.getByRole("button", { name: "Save note" }).click();
  await shows(page.locator("[data-timeline] .cm--note"), NOTE);
  await shows(page.locator(".flash"), "Note saved.");
  assert.ok(await form.getByRole("radio", { name: "Internal note" }).isChecked(), "the next text is a note too");
  await form.getByRole("radio", { name: "Reply" }).check();
  await form.getByLabel("Message").fill(REPLY);
  await form.getByRole("button", { name: "Send", exact: true }).click();
  await shows(page.locator("[data-timeline] .cm--staff"), REPLY);
});

step("he sends an answer and resolves it in one step", async () => {
  const { page } = ravi;
  await page.getByLabel("Message", { exact: true }).fill("The cover is new.");
  await page.getByRole("button", { name: "Send and resolve" }).click();
  await shows(page.locator(".reqhead .pill"), "Resolved");
  await shows(page.locator("[data-timeline] .cm--staff"), "The cover is new.");
});

step("after a reload Mei's bell and list lead her to the answer, without the note", async () => {
  const { page } = mei;
  await page.reload();
  assert.ok(Number(await page.locator(".tabbar [data-unread-number]").textContent()) >= 2);
  await page.locator(".tabbar").getByRole("link", { name: "Notifications" }).click();
  await page.locator("li.is-unread", { hasText: reference }).first().getByRole("link").click();
  await page.waitForURL(new RegExp(`/service/${id}/`));
  await shows(page.locator("[data-timeline] .cm--staff"), REPLY);
  await shows(page.locator('[data-slot="state"] .pill'), "Resolved");
  assert.ok(!(await page.content()).includes(NOTE));
  await page.getByRole("button", { name: "Mark as read" }).click();
  await shows(page.locator("[data-timeline] .cm--staff"), REPLY);
  assert.equal(await page.getByRole("button", { name: "Mark as read" }).count(), 0);
});

step("her comment with another photo reopens it, and Ravi reads it", async () => {
  await mei.page.getByLabel("Your comment").fill("It is loose again.");
  await mei.page.getByLabel("Attach photos or documents").setInputFiles({ ...photo(), name: "cover.png" });
  await mei.page.getByRole("button", { name: "Send and reopen" }).click();
  await shows(mei.page.locator("[data-timeline]"), "It is loose again.");
  await shows(mei.page.locator('[data-slot="state"] .pill'), "Pending");
  await ravi.page.goto("/admin/requests/");
  await shows(ravi.page.locator(`#r${id}`), "Customer replied");
  await ravi.page.locator(`#r${id} .q-title a`).click();
  await shows(ravi.page.locator("[data-timeline]"), "It is loose again.");
  await shows(ravi.page.locator("[data-timeline]"), "cover.png");
  await ravi.page.getByRole("button", { name: "Mark as read" }).click();
  await shows(ravi.page.locator("h1"), "The meter cover");
});

step("somebody has read it, so the queue no longer says so, and she signs out", async () => {
  await ravi.page.goto("/admin/requests/");
  assert.equal(await ravi.page.locator(`#r${id}`, { hasText: "Customer replied" }).count(), 0);
  const { page } = mei;
  await page.goto("/account/");
  await page.getByRole("banner").getByRole("button", { name: "Sign out" }).click();
  await page.goto(`/service/${id}/`);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  assertQuiet(mei, ravi);
});
