// Nobody closes a gas leak by accident: whichever way, the desk is asked first. And who had it learns who has it now.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { answerEndQuestion, endQuestion, resolveEmergency } from "./support/end_question.mjs";
import { assertQuiet, DESKTOP, live, openBrowser, PHONE, shows, sit } from "./support/people.mjs";
import { reportLeak } from "./support/report.mjs";
import { Site } from "./support/site.mjs";
import { scene } from "./support/story.mjs";

let site, browser, ravi, sofia, finder;
let leaks = 0;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  ravi = await sit(browser, site, { name: "ravi" });
  sofia = await sit(browser, site, { name: "sofia" });
  finder = await sit(browser, site, { name: "ada", scripts: false });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const message = (page) => page.getByLabel("Message", { exact: true });
const button = (page, name) => page.getByRole("button", { name, exact: true });
const status = (page) => page.locator(".reqhead .pill");

async function newLeak() {
  const address = `${++leaks} Ending Road`;
  await reportLeak(site, { address }, `127.0.5.${leaks}`);
  await finder.page.goto("/admin/requests/?status=Pending&type=gas-leak");
  const row = finder.page.locator("[data-row]", { hasText: address });
  return new URL(await row.locator(".q-title > a").getAttribute("href"), site.urlFor()).pathname;
}

scene("every way to resolve asks first, with and without scripts, and keeps what is typed", async () => {
  for (const way of [{ scripts: true }, { scripts: false }, { scripts: true, screen: PHONE }, { scripts: false, screen: PHONE }]) {
    const { page, context } = await sit(browser, site, { name: "ravi", screen: DESKTOP, ...way });
    const path = await newLeak();
    await page.goto(path);
    await button(page, "Mark as resolved").click();
    await endQuestion(page).waitFor();
    await shows(status(page), "Pending");
    await endQuestion(page).getByRole("button", { name: "Resolve", exact: true }).click();
    await shows(endQuestion(page), "Choose one: Resolved or False alarm.");
    await shows(endQuestion(page), "Write how you know.");
    await page.goto(path);

    await message(page).fill("The crew was there.");
    await button(page, "Send and resolve").click();
    await endQuestion(page).waitFor();
    assert.equal(await message(page).inputValue(), "The crew was there.");
    await shows(status(page), "Pending");
    await answerEndQuestion(page, "False alarm", "It was paint.");
    await button(page, "Send your reply and resolve").click();
    await shows(status(page), "Resolved");
    await shows(page.locator(".audit"), "marked it as a false alarm: It was paint.");
    await shows(page.locator("[data-timeline]"), "The crew was there.");
    await context.close();
  }
});

scene("keys ask too: E and Ctrl+Shift+Enter; Enter in the question presses nothing else", async () => {
  const { page } = ravi;
  await page.goto(await newLeak());
  await page.keyboard.press("e");
  await page.keyboard.press("Enter");
  await endQuestion(page).waitFor();
  await shows(status(page), "Pending");
  await endQuestion(page).getByRole("radio", { name: "Resolved" }).press("Enter");
  await message(page).fill("Done.");
  await message(page).press("Control+Shift+Enter");
  await button(page, "Send your reply and resolve").waitFor();
  await shows(status(page), "Pending");
  await shows(page.locator(".estrip"), "Nobody has it yet");
  await answerEndQuestion(page, "Resolved", "Valve closed, no gas measured.");
  await endQuestion(page).getByLabel("How do you know?").press("Control+Enter");
  await shows(status(page), "Resolved");
  await shows(page.locator(".audit"), "said that everybody is safe and the gas is off: Valve closed, no gas measured.");
});

scene("without scripts, too, Enter in a field presses nothing", async () => {
  const { page, context } = await sit(browser, site, { name: "ravi", scripts: false });
  const path = await newLeak();
  await page.goto(path);
  await message(page).fill("Not sent by Enter.");
  await page.getByRole("radio", { name: "Reply" }).press("Enter");
  await page.waitForTimeout(500);
  assert.equal(await message(page).inputValue(), "Not sent by Enter.");
  await page.goto(path);
  await shows(page.locator(".estrip"), "Nobody has it yet");
  assert.equal(await page.getByText("Not sent by Enter.").count(), 0);
  await context.close();
});

scene("Ctrl+Shift+Enter after a colleague resolved says who, and the text stays", async () => {
  const path = await newLeak();
  await ravi.page.goto(path);
  await live(ravi.page);
  await message(ravi.page).fill("Still typing.");
  await sofia.page.goto(path);
  await resolveEmergency(sofia.page, "Closed at the meter.");
  await shows(status(ravi.page), "Resolved");
  await message(ravi.page).press("Control+Shift+Enter");
  await shows(ravi.page.locator("[data-overtaken]"), "Sofia Marchetti already resolved this request");
  assert.equal(await message(ravi.page).inputValue(), "Still typing.");
});

scene("who had an emergency hears who took it over; the taker has read that it is there", async () => {
  const unread = async (page) => Number(await page.locator("[data-unread-number]").first().textContent());
  await ravi.page.goto("/admin/users/");
  await sofia.page.goto("/admin/users/");
  await Promise.all([live(ravi.page), live(sofia.page)]);
  const before = { ravi: await unread(ravi.page), sofia: await unread(sofia.page) };
  const path = await newLeak();
  const id = path.split("/")[3];
  await ravi.page.locator(`#alarm${id}`).getByRole("button", { name: "I have it" }).press("Enter");
  await ravi.page.locator(`#alarm${id}`).waitFor({ state: "detached" });
  await ravi.page.waitForFunction((n) => Number(document.querySelector("[data-unread-number]").textContent) === n, before.ravi);
  await sofia.page.goto(path);
  await sofia.page.getByText("Take over", { exact: true }).click();
  await button(sofia.page, "Yes, I have it now").click();
  await shows(ravi.page.locator(".toast"), `Sofia Marchetti took over SR-`);
  await ravi.page.waitForFunction((n) => Number(document.querySelector("[data-unread-number]").textContent) === n, before.ravi + 1);
  await ravi.page.goto("/notifications/");
  await shows(ravi.page.locator(".is-unread"), "Sofia Marchetti took over SR-");
});

scene("the box says what is written in it", async () => {
  const { page } = ravi;
  await page.goto(await newLeak());
  const words = () => page.locator("#text").getAttribute("placeholder");
  assert.match(await words(), /^Write a reply/);
  await page.keyboard.press("n");
  assert.match(await words(), /^Write a note/);
  await page.keyboard.press("Control+Shift+Enter");
  await shows(page.locator(".toast"), "A note does not resolve.");
  await page.getByRole("radio", { name: "Reply" }).check();
  assert.match(await words(), /^Write a reply/);
  assertQuiet(ravi, sofia);
});
