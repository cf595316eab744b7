// A note that was typed when the session ended is still a note after signing in again: nothing that is meant for the staff
// goes to a customer.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { fillSignIn, live, openBrowser, PHONE, requestId, shows, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { scene } from "./support/story.mjs";

let site, browser, ada;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  ada = await sit(browser, site, { name: "ada" });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const message = (page) => page.getByLabel("Message", { exact: true });
const button = (page, name) => page.getByRole("button", { name, exact: true });
const note = (page) => page.getByRole("radio", { name: "Internal note" });
const covered = (page) => page.locator("[data-signed-out-page]");

let requests = 0;

async function newRequest() {
  const { context, page } = await sit(browser, site, { name: "mei", scripts: false });
  await page.goto("/service/create/");
  await page.getByRole("radio", { name: "Other" }).check();
  await page.getByLabel("What is happening?").fill(`The lid rattles. ${++requests}`);
  await button(page, "Send request").click();
  await page.waitForURL(/\/received\//);
  const id = requestId(page);
  await context.close();
  return id;
}

// As after the idle limit: the server has not heard of this session for long.
function endByTime() {
  site.sql("UPDATE auth_session SET last_seen_at = 1000 WHERE user_id = (SELECT id FROM auth_user WHERE username = 'ravi')");
}

const roles = ["Supervisor", "Representative"];

async function endByAdministrator() {
  await ada.page.goto("/admin/users/?q=ravi");
  await ada.page.locator("main").getByRole("link", { name: /Ravi/ }).first().click();
  roles.push(roles.shift());
  await ada.page.getByRole("radio", { name: roles[1] }).check();
  await button(ada.page, "Save changes").click();
  await shows(ada.page.locator("main"), "changed the role");
}

async function saveNoteOnly(page, id, words) {
  assert.equal(await message(page).inputValue(), words);
  assert.ok(await note(page).isChecked(), "still a note");
  await button(page, "Save note").click();
  await shows(page.locator("[data-timeline] .cm--note").last(), words);
  const mei = await sit(browser, site, { name: "mei", scripts: false });
  await mei.page.goto(`/service/${id}/`);
  assert.equal(await mei.page.getByText(words).count(), 0, "the customer reads nothing of it");
  await mei.context.close();
}

async function typeNote(page, id, words) {
  await page.goto(`/admin/requests/${id}/`);
  // First the words, then for whom they are, and the other way round.
  if (requests % 2) await note(page).check();
  await message(page).fill(words);
  await note(page).check();
}

for (const [how, end] of [["by time", endByTime], ["by an administrator", endByAdministrator]]) {
  scene(`the session ends ${how} while a note is typed`, async () => {
    const { context, page } = await sit(browser, site, { name: "ravi" });
    const id = await newRequest();
    const words = `Dog in the yard, ${how}.`;
    await typeNote(page, id, words);
    await live(page);
    await end();
    await shows(covered(page), "What you typed comes back after you sign in.");
    await page.getByRole("link", { name: "Sign in again" }).click();
    await fillSignIn(page, "ravi");
    await message(page).waitFor();
    await saveNoteOnly(page, id, words);
    await context.close();
  });

  scene(`the session has ended ${how} when a note is saved`, async () => {
    for (const way of [{}, { screen: PHONE, scripts: false }]) {
      const { context, page } = await sit(browser, site, { name: "ravi", ...way });
      const id = await newRequest();
      const words = `Cat in the yard, ${how}.`;
      await typeNote(page, id, words);
      await end();
      // Without scripts nothing covers the page; with them the button is faster, or as if it were.
      const save = page.getByRole("button", { name: "Save note", includeHidden: true });
      if (way.scripts === false) await save.click();
      else await save.evaluate((pressed) => pressed.click());
      await page.getByLabel("User name").or(covered(page)).first().waitFor();
      // The form may lead to the sign-in page meanwhile: pressed at once or not at all.
      await page.evaluate(() => [...document.querySelectorAll("a")].find((link) => link.textContent.includes("Sign in again"))?.click());
      await fillSignIn(page, "ravi");
      await message(page).waitFor();
      await saveNoteOnly(page, id, words);
      await context.close();
    }
  });
}

scene("a reply stays a reply", async () => {
  const { context, page } = await sit(browser, site, { name: "ravi" });
  const id = await newRequest();
  await page.goto(`/admin/requests/${id}/`);
  await note(page).check();
  await message(page).fill("We come tomorrow.");
  await page.getByRole("radio", { name: "Reply" }).check();
  await live(page);
  endByTime();
  await shows(covered(page), "What you typed comes back after you sign in.");
  await page.getByRole("link", { name: "Sign in again" }).click();
  await fillSignIn(page, "ravi");
  await message(page).waitFor();
  assert.equal(await message(page).inputValue(), "We come tomorrow.");
  assert.ok(await page.getByRole("radio", { name: "Reply" }).isChecked());
  await context.close();
});
