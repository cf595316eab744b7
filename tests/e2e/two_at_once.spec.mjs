// Two people, or two tabs, work at the same: nobody resolves over what was not seen, and no typed word is lost.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { assertQuiet, fillSignIn, live, openBrowser, PHONE, requestId, shows, sit } from "./support/people.mjs";
import { reportLeak } from "./support/report.mjs";
import { Site } from "./support/site.mjs";
import { scene } from "./support/story.mjs";

let site, browser, ravi, sofia;
let leaks = 0;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  ravi = await sit(browser, site, { name: "ravi" });
  sofia = await sit(browser, site, { name: "sofia" });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const button = (page, name) => page.getByRole("button", { name, exact: true });
const message = (page) => page.getByLabel("Message", { exact: true });
const question = (page) => page.getByRole("group", { name: "Is everybody safe and the gas off?" });
const how = (page) => question(page).getByLabel("How do you know?");

async function newLeak() {
  const address = `${++leaks} Meeting Street`;
  await reportLeak(site, { address }, `127.0.6.${leaks}`);
  await sofia.page.goto("/admin/requests/?status=Pending&type=gas-leak");
  const row = sofia.page.locator("[data-row]", { hasText: address });
  await shows(row, `${address}, reported today`);
  return new URL(await row.locator(".q-title > a").getAttribute("href"), site.urlFor()).pathname;
}

async function resolve(page, path) {
  await page.goto(path);
  await button(page, "Mark as resolved").click();
  await question(page).getByRole("radio", { name: "Resolved" }).check();
  await how(page).fill("Closed at the meter.");
  await question(page).getByRole("button", { name: "Resolve", exact: true }).click();
  await shows(page.locator(".reqhead .pill"), "Resolved");
}

async function ask(page, path, words) {
  await page.goto(path);
  await button(page, "Mark as resolved").click();
  await how(page).fill(words);
}

scene("an open question closes by itself when a colleague resolves, and its answer becomes a note", async () => {
  const path = await newLeak();
  await ask(ravi.page, path, "I measured no gas.");
  await live(ravi.page);
  await resolve(sofia.page, path);

  await shows(ravi.page.locator("#question-over"), "Sofia Marchetti resolved this request (today");
  assert.equal(await question(ravi.page).count(), 0);
  assert.equal(await message(ravi.page).inputValue(), "I measured no gas.");
  assert.ok(await ravi.page.getByRole("radio", { name: "Internal note" }).isChecked());
  await ravi.page.reload();
  assert.equal(await message(ravi.page).inputValue(), "I measured no gas.", "kept by the tab");
  await button(ravi.page, "Save note").click();
  await shows(ravi.page.locator(".cm--note"), "I measured no gas.");
});

scene("beside a reply the answer is shown and never sent to the customer", async () => {
  const path = await newLeak();
  await ravi.page.goto(path);
  await message(ravi.page).fill("A crew comes.");
  await button(ravi.page, "Mark as resolved").click();
  await how(ravi.page).fill("Ask Pat why.");
  await live(ravi.page);
  await resolve(sofia.page, path);

  await shows(ravi.page.locator("#question-over"), "You also wrote how you know: Ask Pat why.");
  assert.equal(await message(ravi.page).inputValue(), "A crew comes.");
});

scene("without scripts the late answer says who resolved it, and is kept", async () => {
  const late = await sit(browser, site, { name: "ravi", scripts: false });
  const path = await newLeak();
  await ask(late.page, path, "I measured no gas.");
  await resolve(sofia.page, path);
  await question(late.page).getByRole("radio", { name: "Resolved" }).check();
  await question(late.page).getByRole("button", { name: "Resolve", exact: true }).click();

  await shows(late.page.locator("[data-overtaken]"), "Sofia Marchetti already resolved this request (today");
  assert.equal(await message(late.page).inputValue(), "I measured no gas.");
  await late.context.close();
});

scene("an old page does not resolve over what the customer wrote meanwhile", async () => {
  const late = await sit(browser, site, { name: "ravi", scripts: false });
  const mei = await sit(browser, site, { name: "mei", screen: PHONE });
  await mei.page.goto("/service/create/");
  await mei.page.getByRole("radio", { name: "No Gas or Heat" }).check();
  await mei.page.getByLabel("What is happening?").fill("The boiler is cold.");
  await button(mei.page, "Send request").click();
  await mei.page.getByRole("link", { name: "Follow this request" }).click();
  await mei.page.waitForURL(/\/service\/\d+\/$/);
  await live(mei.page);
  const path = `/admin/requests/${requestId(mei.page)}/`;
  await late.page.goto(path);
  await mei.page.locator("textarea[name=text]").fill("Now it smells of gas!");
  await mei.page.locator("form[data-comment] button:not([type=button])").filter({ hasText: "Send" }).first().click();
  await shows(mei.page.locator(".tl"), "Now it smells of gas!");

  await button(late.page, "Mark as resolved").click();
  const asked = late.page.locator("#unseen");
  await shows(asked, "Mei Chen wrote after you opened this page");
  await shows(asked, "Now it smells of gas!");
  await shows(late.page.locator(".reqhead .pill"), "Pending");
  await button(late.page, "Resolve anyway").click();
  await shows(late.page.locator(".reqhead .pill"), "Resolved");
  assertQuiet(mei);
  await mei.context.close();
  await late.context.close();
});

scene("what the customer writes while the safety question is open stands in it, and the first Resolve is refused", async () => {
  const mei = await sit(browser, site, { name: "mei", screen: PHONE });
  await mei.page.goto("/emergency/");
  await mei.page.getByLabel("Where is the gas smell?").fill("12 Elm Street");
  await button(mei.page, "Send the report").click();
  await shows(mei.page.locator("main"), "We have your report");
  await sofia.page.goto("/admin/requests/?status=Pending&type=gas-leak");
  const row = sofia.page.locator("[data-row]", { hasText: "12 Elm Street" }).first();
  const path = new URL(await row.locator(".q-title > a").getAttribute("href"), site.urlFor()).pathname;
  await ravi.page.goto(path);
  await button(ravi.page, "Mark as resolved").click();
  await question(ravi.page).getByRole("radio", { name: "Resolved" }).check();
  await how(ravi.page).fill("Closed at the meter.");
  await live(ravi.page);
  await mei.page.goto(path.replace("/admin/requests/", "/service/"));
  await mei.page.locator("textarea[name=text]").fill("STOP, it still hisses");
  await mei.page.locator("form[data-comment] button:not([type=button])").filter({ hasText: "Send" }).first().click();

  const asked = ravi.page.locator('[data-slot="unseen"]');
  await shows(asked, "Mei Chen wrote after you opened this page");
  await shows(asked, "STOP, it still hisses");
  await question(ravi.page).getByRole("button", { name: "Resolve", exact: true }).click();
  await shows(ravi.page.locator("#unseen"), "STOP, it still hisses");
  await shows(ravi.page.locator(".reqhead .pill"), "Pending");
  assert.equal(await how(ravi.page).inputValue(), "Closed at the meter.");
  await question(ravi.page).getByRole("button", { name: "Resolve", exact: true }).click();
  await shows(ravi.page.locator(".reqhead .pill"), "Resolved");
  await mei.context.close();
});

scene("a reply that a colleague's may contradict is asked about once; the text stays", async () => {
  const path = await newLeak();
  await Promise.all([ravi.page.goto(path), sofia.page.goto(path)]);
  await Promise.all([live(ravi.page), live(sofia.page)]);
  await message(sofia.page).fill("Tuesday at 8");
  await message(ravi.page).fill("Monday at 9");
  await message(ravi.page).press("Control+Enter");
  await shows(sofia.page.locator("[data-timeline]"), "Monday at 9");
  await message(sofia.page).press("Control+Enter");
  const asked = sofia.page.locator("#unseen");
  await shows(asked, "Ravi Patel answered while you wrote");
  await shows(asked, "Monday at 9");
  assert.equal(await message(sofia.page).inputValue(), "Tuesday at 8");
  await button(sofia.page, "Send yours too").click();
  await shows(ravi.page.locator("[data-timeline]"), "Tuesday at 8");
  await asked.waitFor({ state: "detached" });
  await message(ravi.page).fill("Both are fine");
  await message(ravi.page).press("Control+Enter");
  await shows(sofia.page.locator("[data-timeline]"), "Both are fine");
});

scene("a leak sent again after Back is answered by the first one's receipt", async () => {
  const guest = await sit(browser, site, { screen: PHONE, scripts: false });
  const { page } = guest;
  const fill = async () => {
    await page.goto("/emergency/");
    await page.getByLabel("Where is the gas smell?").fill("77 Twice Street");
    await button(page, "Send the report").click();
    await shows(page.locator("main"), "We have your report");
  };
  await fill();
  const first = page.url();
  await fill();
  await shows(page.locator(".msg"), "We already have your report SR-");
  assert.equal(page.url(), `${first}?again=1`);
  await button(page, "Send again anyway").click();
  await page.waitForURL((url) => url.pathname !== new URL(first).pathname);
  await guest.context.close();
});

scene("signing out in one tab keeps what another one had not sent", async () => {
  const { page, context } = await sit(browser, site, { name: "omar" });
  const other = await context.newPage();
  await other.goto("/service/create/");
  await other.getByLabel("What is happening?").fill("The bill is wrong.");
  await page.goto("/service/");
  await page.getByRole("banner").getByRole("button", { name: "Sign out" }).click();

  await shows(page.locator(".flash"), "1 text not sent yet is kept for you");
  await shows(other.locator("[data-signed-out-page]"), "You are signed out");
  await fillSignIn(page, "omar");
  await page.goto("/service/create/");
  assert.equal(await page.getByLabel("What is happening?").inputValue(), "The bill is wrong.");
  await context.close();
});

scene("a guest's private page shows by itself that somebody has the leak, and that it is resolved", async () => {
  const guest = await sit(browser, site, { screen: PHONE });
  const { page } = guest;
  await page.clock.install();
  await page.goto("/emergency/");
  await page.getByLabel("Where is the gas smell?").fill("88 Quiet Street");
  await button(page, "Send the report").click();
  await shows(page.locator("main"), "This page updates every 30 seconds.");
  await shows(page.locator("main"), "We send a crew when you call");
  await guest.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await button(page, "Copy the link").click();
  await shows(page.locator("main"), "Copied. Paste it where you find it again.");
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /\/emergency\/report\/[^/]+\/$/);
  await sofia.page.goto("/admin/requests/?status=Pending&type=gas-leak");
  const row = sofia.page.locator("[data-row]", { hasText: "88 Quiet Street" });
  const path = await row.locator(".q-title > a").getAttribute("href");
  await sofia.page.goto(path);
  await sofia.page.locator(".estrip").getByRole("button", { name: "I have it" }).click();
  await shows(sofia.page.locator(".estrip"), "You have it");
  await page.clock.fastForward(31_000);
  await shows(page.locator("main"), "One of our staff has it (since today");
  await shows(page.locator("main"), "If not, call from outside:");
  assert.equal(await page.getByText("We send a crew when you call").count(), 0);
  await resolve(sofia.page, path);
  await page.clock.fastForward(31_000);
  await shows(page.locator("[data-fresh] .pill"), "Resolved");
  await shows(page.locator("main"), "This report is closed");
  assertQuiet(guest, ravi, sofia);
  await guest.context.close();
});
