// Somebody calls: who it is is found while it is typed, and the customer hears of the request at once.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { assertQuiet, live, openBrowser, shows, sit } from "./support/people.mjs";
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

const field = (page, id) => page.locator(`#${id}`);
const offered = (page) => page.locator("[data-callers-found]").getByRole("button", { name: /Mei Chen/ }).first();

async function assertFilledIn(page) {
  assert.notEqual(await field(page, "customer").inputValue(), "");
  assert.match(await field(page, "address").inputValue(), /\d+ \w+/);
  assert.match(await field(page, "phone").inputValue(), /0134/);
}

async function describeAndSave(page, words) {
  await page.getByRole("radio", { name: "Maintenance" }).check();
  await field(page, "description").fill(words);
  await page.getByRole("button", { name: "Save and show the reference" }).last().click();
  await shows(page.locator(".flash"), "Read the caller the reference");
  await shows(page.locator(".reqhead h1"), words);
}

scene("C opens the form, the last digits of a phone find the customer, who is told in a tab that nobody looks at", async () => {
  const mei = await sit(browser, site, { name: "mei" });
  await mei.page.goto("/notifications/");
  await live(mei.page);
  const title = await mei.page.title();
  await mei.page.evaluate(() => Object.defineProperty(document, "hidden", { configurable: true, get: () => true }));

  const { page, context, complaints } = await sit(browser, site, { name: "ravi" });
  await page.goto("/admin/requests/?status=Resolved");
  await page.keyboard.press("c");
  await page.waitForURL(/\/admin\/requests\/create\/$/);
  await field(page, "phone").fill("555-0134");
  await offered(page).click();
  await assertFilledIn(page);
  await describeAndSave(page, "The boiler hums at night");
  await page.getByLabel("Message", { exact: true }).fill("We come tomorrow.");
  await page.getByRole("button", { name: "Send", exact: true }).click();

  await mei.page.waitForFunction((plain) => /^\(\d+\) /.test(document.title) && document.title.endsWith(plain), title);
  await mei.page.evaluate(() => {
    delete document.hidden;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  assert.equal(await mei.page.title(), title);
  assertQuiet(mei, { complaints });
  await mei.context.close();
  await context.close();
});

scene("Enter in the field of the search searches and saves nothing", async () => {
  const { page, context, complaints } = await sit(browser, site, { name: "ravi" });
  await page.goto("/admin/requests/create/");
  await page.getByRole("radio", { name: "Maintenance" }).check();
  await field(page, "customer").fill("mei");
  await field(page, "customer").press("Enter");
  await offered(page).waitFor();
  assert.match(page.url(), /\/admin\/requests\/create\/$/);
  assert.equal(await page.locator(".errsum").count(), 0);
  assertQuiet({ complaints });
  await context.close();
});

scene("another choice replaces what the first filled in, and never what was typed", async () => {
  const { page, context, complaints } = await sit(browser, site, { name: "ravi" });
  await page.goto("/admin/requests/create/");
  await field(page, "phone").fill("518 555 0134");
  await offered(page).click();
  const first = await field(page, "address").inputValue();
  await field(page, "customer").fill("omar");
  await page.locator("[data-callers-found]").getByRole("button", { name: /Omar Haddad/ }).first().click();
  assert.equal(await field(page, "name").inputValue(), "Omar Haddad");
  assert.notEqual(await field(page, "address").inputValue(), first);
  assert.equal(await field(page, "phone").inputValue(), "518 555 0134", "typed");
  const his = await field(page, "address").inputValue();
  await field(page, "address").fill("1 Nowhere Road");
  await page.getByRole("radio", { name: "Gas Leak" }).check();
  await page.getByRole("button", { name: "Save and show the reference" }).last().click();
  await shows(page.locator("main"), "1 Nowhere Road isn’t an address of account");
  await shows(page.locator("main"), "Where is the leak?");
  await page.getByRole("button", { name: `Save for ${his}` }).click();
  await shows(page.locator(".flash"), "Read the caller the reference");
  await shows(page.locator(".estrip"), his);
  assertQuiet({ complaints });
  await context.close();
});

scene("the words of one caller stay with that customer, and Back after saving shows a blank form", async () => {
  const { page, context, complaints } = await sit(browser, site, { name: "ravi" });
  const form = (who) => `/admin/requests/create/?customer=${who}`;
  await page.goto(form("omar"));
  await field(page, "name").fill("Omar H");
  await field(page, "description").fill("I cannot pay");
  await page.goto(form("mei"));
  assert.equal(await field(page, "description").inputValue(), "");
  assert.equal(await field(page, "name").inputValue(), "");
  await shows(page.locator("[data-unsent]"), "You have an unsent request for Omar H.");
  await page.getByRole("link", { name: "Continue it" }).click();
  await page.waitForURL(/customer=omar$/);
  assert.equal(await field(page, "description").inputValue(), "I cannot pay");
  assert.equal(await field(page, "name").inputValue(), "Omar H");
  await describeAndSave(page, "I cannot pay at all");
  await page.goBack();
  await page.getByRole("heading", { name: "New request for a caller" }).waitFor();
  assert.equal(await field(page, "description").inputValue(), "");
  assert.equal(await field(page, "name").inputValue(), "");
  assertQuiet({ complaints });
  await context.close();
});

scene("without scripts the customer is found and chosen with everything that was typed", async () => {
  const { page, context } = await sit(browser, site, { name: "ravi", scripts: false });
  await page.goto("/admin/requests/create/");
  await field(page, "name").fill("mei chen");
  await field(page, "note").fill("Calls from work.");
  await page.getByRole("button", { name: "Find the customer" }).click();
  await offered(page).click();
  await page.waitForFunction(() => document.querySelector("#customer").value !== "");
  await assertFilledIn(page);
  assert.equal(await field(page, "note").inputValue(), "Calls from work.");
  await describeAndSave(page, "The valve is stiff");
  await context.close();
});
