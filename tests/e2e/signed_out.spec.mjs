// Who signs out leaves nothing on any tab; whose session ends by itself finds what was typed.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { assertQuiet, fillSignIn, openBrowser, PHONE, shows, sit } from "./support/people.mjs";
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

const signOut = (page) => page.getByRole("banner").getByRole("button", { name: "Sign out" });
const covered = (page) => page.locator("[data-signed-out-page]");
const saysWhomToCall = async (tab) => {
  for (const target of ["tel:", "/emergency/"]) {
    assert.ok(await covered(tab).locator(`a[href^="${target}"]`).isVisible(), `${target} on ${tab.url()}`);
  }
};
const keptWords = (page) => page.evaluate(() => JSON.stringify({ ...sessionStorage }));

scene("signing out in the header of one tab empties the others, with their drafts", async () => {
  const { context, page, ...mei } = await sit(browser, site, { name: "mei", screen: PHONE });
  const other = await context.newPage();
  await other.goto("/service/create/");
  await other.getByLabel("What is happening?").fill("The gate code is 4711.");
  assert.match(await keptWords(other), /4711/);
  const account = await context.newPage();
  await account.goto("/account/");
  assert.match(await account.locator("body").innerText(), /Elm Street/);

  await page.goto("/service/");
  await signOut(page).click();

  await page.getByLabel("User name").waitFor();
  for (const tab of [other, account]) {
    await shows(covered(tab), "You are signed out");
    assert.match(await tab.title(), /^You are signed out/);
    assert.doesNotMatch(await tab.content(), /Elm Street|Mei Chen/);
    await saysWhomToCall(tab);
  }
  assert.doesNotMatch(await keptWords(other), /4711/);
  assertQuiet(mei);
  await context.close();
});

scene("a session that ends by itself hides the page and gives back what was typed", async () => {
  const { context, page, ...ada } = await sit(browser, site, { name: "ada" });
  await page.goto("/admin/users/?q=mei");
  await page.locator("main").getByRole("link", { name: /Mei/ }).first().click();
  await page.getByLabel("First name").fill("Mei-Ling");
  site.sql("DELETE FROM auth_session");

  await shows(covered(page), "What you typed comes back after you sign in.");
  assert.equal(await page.locator("main").isVisible(), false);
  await saysWhomToCall(page);
  await page.getByRole("link", { name: "Sign in again" }).click();
  await fillSignIn(page, "ada");

  await page.getByLabel("First name").waitFor();
  assert.equal(await page.getByLabel("First name").inputValue(), "Mei-Ling");
  await shows(page.locator(".toasts"), "Your text is back. It was not sent yet.");
  await page.reload();
  assert.equal(await page.getByLabel("First name").inputValue(), "Mei", "it comes back once");
  assertQuiet(ada);
  await context.close();
});

scene("a customer's page without news of its own is covered, too, when another device signs this one out", async () => {
  const { context, page, ...mei } = await sit(browser, site, { name: "mei", screen: PHONE });
  const laptop = await sit(browser, site, { name: "mei" });
  const account = await context.newPage();
  await account.goto("/account/");
  await page.goto("/service/create/");
  await page.getByLabel("What is happening?").fill("The gate code is 4711.");

  await laptop.page.goto("/account/sessions/");
  await laptop.page.getByRole("button", { name: "Sign out everywhere else" }).click();

  for (const tab of [page, account]) {
    await shows(covered(tab), "What you typed comes back after you sign in.");
    assert.equal(await tab.locator("main").isVisible(), false);
    await saysWhomToCall(tab);
  }
  await page.getByRole("link", { name: "Sign in again" }).click();
  await fillSignIn(page, "mei");
  await page.getByLabel("What is happening?").waitFor();
  assert.equal(await page.getByLabel("What is happening?").inputValue(), "The gate code is 4711.");
  assertQuiet(mei, laptop);
  await context.close();
  await laptop.context.close();
});

scene("on a public computer nothing is kept when the session ends by itself", async () => {
  const { context, page } = await sit(browser, site, { screen: PHONE });
  await page.goto("/accounts/login/");
  await page.getByLabel("This is a public computer").check();
  await fillSignIn(page, "mei");
  await page.goto("/service/create/");
  await page.getByLabel("What is happening?").fill("The gate code is 4711.");
  site.sql("DELETE FROM auth_session");

  await shows(covered(page), "so that nobody reads it after you");
  await saysWhomToCall(page);

  assert.doesNotMatch(await page.content(), /Elm Street|Mei Chen/);
  assert.doesNotMatch(await keptWords(page), /4711/);
  await context.close();
});
