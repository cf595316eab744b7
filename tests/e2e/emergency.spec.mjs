// A gas leak reported by somebody without sign-in, script or patience.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { assertQuiet, live, openBrowser, PHONE, shows, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { step } from "./support/story.mjs";
import { weigh } from "./support/wire.mjs";

const LIMIT_BYTES = 15 * 1024;
const ADDRESS = "14 Mill Street, by the bakery";

let site, browser, guest, ravi, announced, link, reference;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  guest = await sit(browser, site, { screen: PHONE, scripts: false });
  ravi = await sit(browser, site, { name: "ravi" });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

step("the page with the advice and the form is under 15 KiB and loads no script", async () => {
  const scale = await weigh(guest);
  await guest.page.goto("/emergency/");
  await guest.page.getByRole("heading", { level: 1, name: "Leave the building now" }).waitFor();
  const parts = await scale.parts();
  const sum = parts.reduce((total, part) => total + part.bytes, 0);
  assert.ok(parts.length >= 2 && sum > 2000, `weighed ${JSON.stringify(parts)}`);
  assert.ok(sum < LIMIT_BYTES, `${sum} bytes: ${JSON.stringify(parts)}`);
  assert.ok(parts.every((part) => part.type !== "Script"), JSON.stringify(parts));
});

step("a number that nobody can call is said beside its field, and the report goes all the same", async () => {
  const { page } = await sit(browser, site, { screen: PHONE, scripts: false });
  await page.goto("/emergency/");
  const phone = page.getByLabel("Your phone number");
  const warning = page.getByText("We can’t call this number.");
  for (const [number, isWrong] of [["518", true], ["5185550134518555013", true], ["518-555-0134 ext. 204", false], ["+44 20 7946 0958", false]]) {
    await phone.fill(number);
    await phone.press("Tab");
    await warning.waitFor({ state: isWrong ? "visible" : "hidden" });
  }
});

step("the line about such a number moves nothing away under a finger", async () => {
  const { page, context } = await sit(browser, site, { screen: PHONE });
  await page.goto("/emergency/");
  await page.getByLabel("Your phone number").fill("555-01");
  const inside = page.locator("label", { hasText: "Inside" }).first();
  await inside.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await inside.boundingBox();
  // Near its upper edge: 27 px lower it would be another choice or none.
  await page.mouse.move(x + width / 2, y + Math.min(8, height / 4));
  await page.mouse.down();
  await page.waitForTimeout(120);
  await page.mouse.up();
  assert.ok(await page.getByLabel("Inside").first().isChecked());
  await page.getByText("We can’t call this number.").waitFor();
  await context.close();
});

step("the page in another language keeps what was typed, where it smells too", async () => {
  const { page, context } = await sit(browser, site, { screen: PHONE });
  await page.goto("/emergency/");
  await page.locator("#address").fill("21 Mill Street");
  await page.locator("label", { hasText: "Inside" }).first().click();
  await page.getByRole("link", { name: "¿Huele a gas?" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Salga del edificio ahora mismo" }).waitFor();
  assert.equal(await page.locator("#address").inputValue(), "21 Mill Street");
  assert.ok(await page.getByLabel("Adentro").first().isChecked());
  await context.close();
});

step("with scripts what is typed survives a reload and a line that is down, and is sent when it is back", async () => {
  const { page, context, complaints } = await sit(browser, site, { screen: PHONE });
  const scale = await weigh({ page, context });
  await page.goto("/emergency/");
  const sum = (await scale.parts()).reduce((total, part) => total + part.bytes, 0);
  assert.ok(sum < LIMIT_BYTES, `${sum} bytes with the script`);
  await page.getByLabel("Where is the gas smell?").fill("15 Offline Street");
  await page.getByRole("radio", { name: "Strong" }).check();
  await page.reload();
  assert.equal(await page.getByLabel("Where is the gas smell?").inputValue(), "15 Offline Street");
  assert.ok(await page.getByRole("radio", { name: "Strong" }).isChecked());
  await context.setOffline(true);
  await page.getByRole("button", { name: "Send the report" }).click();
  const words = page.locator("[data-not-sent]");
  await shows(words, /Not sent\. Call us now:\s+1-800-555-0199/);
  assert.equal(await words.locator('[href="tel:911"]').count(), 0);
  const trapped = page.getByRole("group", { name: "Is anyone unable to leave?" });
  await trapped.getByRole("radio", { name: "Yes" }).check();
  await words.getByRole("button", { name: "Try again" }).click();
  await words.locator('[href="tel:911"]').waitFor();
  await page.locator("#unable-no").check();
  assert.equal(await words.getByRole("button", { name: "Try again" }).count(), 1);
  assert.equal(await page.getByLabel("Where is the gas smell?").inputValue(), "15 Offline Street");
  await context.setOffline(false);
  await page.getByRole("heading", { name: "We have your report" }).waitFor();
  await page.goto("/emergency/");
  assert.equal(await page.getByLabel("Where is the gas smell?").inputValue(), "", "sent, so it is forgotten");
  assert.deepEqual(complaints, []);
  await context.close();
});

step("a report without an address says what is missing and keeps the rest", async () => {
  const { page } = guest;
  await page.getByLabel("Your phone").fill("518 555 0177");
  await page.getByRole("radio", { name: "Inside", exact: true }).check();
  await page.getByRole("radio", { name: "Strong" }).check();
  await page.getByRole("button", { name: "Send the report" }).click();
  await page.locator("#address-error").waitFor();
  assert.equal(await page.getByLabel("Your phone").inputValue(), "518 555 0177");
  assert.ok(await page.getByRole("radio", { name: "Strong" }).isChecked());
});

step("with an address it gives a reference and a private link", async () => {
  await ravi.page.goto("/admin/requests/?status=Resolved");
  await live(ravi.page);
  announced = shows(ravi.page.getByRole("alert"), ADDRESS);

  const { page } = guest;
  await page.getByLabel("Where is the gas smell?").fill(ADDRESS);
  await page.getByRole("button", { name: "Send the report" }).click();
  await page.getByRole("heading", { name: "We have your report" }).waitFor();
  reference = await page.locator(".bigref span").first().textContent();
  link = page.url();
  assert.match(reference, /^SR-\d+$/);
  assert.match(link, /\/emergency\/report\/[\w-]{20,}\/$/);
});

step("it is pinned on top of Ravi's queue at once, whatever the filter, and announced", async () => {
  const { page } = ravi;
  await announced;
  // Among the three on top: people who may be inside somewhere else come first.
  const first = page.locator("[data-emergencies] [data-row]").filter({ hasText: reference });
  await shows(first, reference);
  await shows(first, ADDRESS);
  assert.match(await first.locator("[data-elapsed]").textContent(), /^\d+:\d\d$/);
  assert.match(await page.title(), /^\(!\) /);
});

step("his answer is on the private page after a reload, his note is not", async () => {
  const { page } = ravi;
  await page.locator("[data-emergencies] [data-row]").filter({ hasText: reference }).locator(".q-open").click();
  const form = page.getByRole("form", { name: "Write" });
  await form.getByRole("radio", { name: "Internal note" }).check();
  await form.getByLabel("Message").fill("Crew 4 sent");
  await form.getByRole("button", { name: "Save note" }).click();
  await shows(page.locator(".cm--note"), "Crew 4 sent");
  await form.getByRole("radio", { name: "Reply" }).check();
  await form.getByLabel("Message").fill("A crew is on its way.");
  await form.getByRole("button", { name: "Send", exact: true }).click();
  await shows(page.locator(".cm--staff"), "A crew is on its way.");

  await guest.page.getByRole("link", { name: "Check for updates" }).click();
  await shows(guest.page.locator(".tl"), "A crew is on its way.");
  assert.ok(!(await guest.page.content()).includes("Crew 4 sent"));
});

step("a link that is off by one letter shows nothing", async () => {
  const wrong = link.replace(/.\/$/, (end) => (end[0] === "a" ? "b/" : "a/"));
  const answer = await guest.page.goto(wrong);
  assert.equal(answer.status(), 404);
  assertQuiet(guest, ravi);
});

step("a customer's leak that cannot be sent says whom to call, and goes when the line is back", async () => {
  const { page, context } = await sit(browser, site, { name: "omar", screen: PHONE });
  await page.goto("/service/create/");
  await page.getByRole("radio", { name: "Maintenance" }).check();
  await context.setOffline(true);
  await page.getByLabel("What is happening?").fill("The valve squeaks");
  await page.getByRole("button", { name: "Send request" }).click();
  const words = page.locator("[data-not-sent]");
  await shows(words, "Check your connection");
  await page.getByRole("radio", { name: /Gas Leak/ }).check();
  await page.getByRole("group", { name: "Is anyone unable to leave?" }).getByRole("radio", { name: "Yes" }).check();
  await page.getByRole("button", { name: "Send request" }).click();
  await words.locator('[href="tel:911"]').waitFor();
  await shows(words, "1-800-555-0199");
  await context.setOffline(false);
  await page.getByRole("heading", { name: "Call 911 now" }).waitFor();
  await context.close();
});
