// What was typed before, and what is typed while a report waits, never becomes a gas leak by itself.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { assertQuiet, openBrowser, PHONE, shows, sit } from "./support/people.mjs";
import { PASSWORD, Site } from "./support/site.mjs";
import { scene } from "./support/story.mjs";

const HOME = "12 Elm Street, Aldermere, NY 12999";

let site, browser;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const where = (page) => page.getByLabel("Where is the gas smell?");
const address = (page) => page.getByLabel("Which address?");
const home = (page) => page.getByRole("radio", { name: HOME });
const elsewhere = (page) => page.getByRole("radio", { name: "A different address" });
const answers = (page) => page.locator("[name=place]:checked, [name=strength]:checked, [name=unable_to_leave]:checked");
const changing = (page) => page.locator("[data-not-sent=changed]");
const CHANGING = /Not sent[\s\S]*1-800-555-0199[\s\S]*You are changing it\. Tap Send when you are done\./;

scene("/emergency/ brings nothing back from an earlier visit, only after a reload within half an hour", async () => {
  const mei = await sit(browser, site, { name: "mei", screen: PHONE });
  const { page } = mei;
  await page.goto("/emergency/");
  await where(page).fill("31 Station Road, my shop");
  await page.getByRole("radio", { name: "No, everyone is out" }).check();
  await page.reload();
  assert.equal(await where(page).inputValue(), "31 Station Road, my shop");
  assert.equal(await answers(page).count(), 1);
  await shows(page.locator("#address-hint"), `${HOME} is the address of your account.`);
  await page.goto("/service/");
  await page.goto("/emergency/");
  assert.equal(await where(page).inputValue(), HOME);
  assert.equal(await answers(page).count(), 0);

  await where(page).fill("32 Station Road");
  await page.clock.install({ time: Date.now() + 31 * 60_000 });
  await page.reload();
  assert.equal(await where(page).inputValue(), HOME);
  assertQuiet(mei);
  await mei.context.close();
});

scene("choosing a gas leak drops the address of a request that was left", async () => {
  const mei = await sit(browser, site, { name: "mei", screen: PHONE });
  const { page } = mei;
  await page.goto("/service/create/");
  await page.getByRole("radio", { name: "Maintenance" }).check();
  await address(page).fill("9 Wrong Way");
  await page.goto("/service/");
  await page.goto("/service/create/");
  assert.equal(await address(page).inputValue(), "9 Wrong Way");
  assert.ok(await elsewhere(page).isChecked());
  await page.getByRole("radio", { name: /Gas Leak/ }).check();
  assert.equal(await address(page).inputValue(), "");
  assert.ok(!(await home(page).isChecked()) && !(await elsewhere(page).isChecked()), "so that the place is asked");

  await address(page).fill("9 Wrong Way");
  await page.getByRole("radio", { name: "Strong" }).check();
  await home(page).check();
  assert.equal(await address(page).inputValue(), "", "the account's address wins");
  await elsewhere(page).check();
  assert.equal(await address(page).inputValue(), "9 Wrong Way");
  await page.goto("/service/");
  await page.goto("/service/create/");
  assert.ok(await page.getByRole("radio", { name: /Gas Leak/ }).isChecked());
  assert.equal(await address(page).inputValue(), "9 Wrong Way", "the same leak, minutes ago");
  assert.equal(await answers(page).count(), 1);
  await page.clock.install({ time: Date.now() + 31 * 60_000 });
  await page.goto("/service/");
  await page.goto("/service/create/");
  assert.equal(await address(page).inputValue(), "");
  assert.equal(await answers(page).count(), 0);
  assert.ok(await home(page).isChecked());
  assertQuiet(mei);
  await mei.context.close();
});

scene("a gas leak keeps the address that was typed a moment ago, also after a reload or an error", async () => {
  const mei = await sit(browser, site, { name: "mei", screen: PHONE });
  const { page } = mei;
  const chooseLeak = async () => {
    await page.getByRole("radio", { name: /Gas Leak/ }).check();
    assert.equal(await address(page).inputValue(), "3 Chapel Hill Road");
    assert.ok(await elsewhere(page).isChecked());
  };
  await page.goto("/service/create/");
  await page.getByRole("radio", { name: "Maintenance" }).check();
  await address(page).fill("3 Chapel Hill Road");
  await page.reload();
  await chooseLeak();
  await page.getByRole("radio", { name: "Maintenance" }).check();
  await page.getByRole("button", { name: "Send request" }).click();
  await page.getByText("There is a problem").first().waitFor();
  await chooseLeak();
  assertQuiet(mei);
  await mei.context.close();
});

scene("half an address is not sent when the line comes back", async () => {
  const person = await sit(browser, site, { screen: PHONE });
  const { page, context } = person;
  await page.goto("/emergency/");
  await where(page).fill("21 Lindn Lane");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Send the report" }).click();
  await page.locator("[data-not-sent=leak]").waitFor();
  await where(page).fill("210 Li");
  await shows(changing(page), CHANGING);
  assert.ok(!(await changing(page).innerText()).includes("as soon as"));
  await context.setOffline(false);
  await page.waitForTimeout(1500);
  await page.reload();
  await shows(changing(page), CHANGING);
  await where(page).fill("210 Linden Lane");
  await page.getByRole("button", { name: "Send the report" }).click();
  await page.getByRole("heading", { name: "We have your report" }).waitFor();
  assert.equal(site.sql("SELECT address FROM service_servicerequest WHERE address LIKE '21%' AND address NOT LIKE '%Aldermere%'"), "210 Linden Lane");
  assertQuiet(person);
  await context.close();
});

scene("half a text is not sent in the form for a new request and in a leak's comment either", async () => {
  const { page, context } = await sit(browser, site, { name: "mei", screen: PHONE });
  await page.goto("/service/create/");
  await page.getByRole("radio", { name: /Gas Leak/ }).check();
  await page.getByLabel("What is happening?").fill("It hisses");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Send request" }).click();
  await page.locator("[data-not-sent=leak]").waitFor();
  await page.getByLabel("What is happening?").pressSequentially(" in th");
  await shows(changing(page), CHANGING);
  await context.setOffline(false);
  await page.waitForTimeout(1500);
  await page.getByLabel("What is happening?").pressSequentially("e cellar");
  await page.getByRole("button", { name: "Send request" }).click();
  await page.getByRole("heading", { name: "We have your report" }).waitFor();
  assert.equal(site.sql("SELECT description FROM service_servicerequest WHERE description LIKE 'It hisses%'"), "It hisses in the cellar");

  await page.goto(page.url().replace(/received\/.*/, ""));
  await context.setOffline(true);
  await page.getByLabel("Your comment").fill("Do not come");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator("[data-not-sent=leak]").waitFor();
  await page.getByLabel("Your comment").fill("Do not come, we are no");
  await shows(changing(page), CHANGING);
  await context.setOffline(false);
  await page.waitForTimeout(1500);
  await page.getByLabel("Your comment").fill("Do not come, we are not there");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await shows(page.locator("[data-timeline]"), "Do not come, we are not there");
  assert.equal(site.sql("SELECT count(*) FROM service_comment WHERE text LIKE 'Do not come%'"), "1");
  await context.close();
});

scene("a temporary password used in another tab: a leak goes, other text is back after the new password", async () => {
  for (const scripts of [true, false]) {
    const { page, context } = await sit(browser, site, { name: "omar", screen: PHONE, scripts });
    const text = `Typed before the new password, scripts: ${scripts}.`;
    await page.goto("/service/create/");
    await page.getByRole("radio", { name: "Other" }).check();
    await page.getByLabel("What is happening?").fill(text);
    const leak = await context.newPage();
    await leak.goto("/service/create/");
    await leak.getByRole("radio", { name: /Gas Leak/ }).check();
    await leak.getByLabel("What is happening?").fill(`It hisses, scripts: ${scripts}`);
    site.sql("UPDATE auth_user SET must_change_password = 1 WHERE username = 'omar'");
    await leak.getByRole("button", { name: "Send request" }).click();
    await leak.getByRole("heading", { name: "We have your report" }).waitFor();
    assert.match(leak.url(), /\/emergency\/report\//);

    await page.getByRole("button", { name: "Send request" }).click();
    await shows(page.getByRole("alert"), "What you typed was not sent yet. It will be back in the form after you choose a new password.");
    const wanted = `seven lamps of winter ${scripts}`;
    await page.locator("#current_password").fill(PASSWORD);
    await page.locator("#new_password").fill(wanted);
    await page.locator("#new_password_again").fill(wanted);
    await page.getByRole("button", { name: "Save new password" }).click();
    await page.waitForURL("**/service/create/");
    assert.equal(await page.getByLabel("What is happening?").inputValue(), text);
    await shows(page.locator(".flash"), "What you typed is back, but not sent yet.");
    await context.close();
    // The old one again, for the second round.
    site.sql("UPDATE auth_user SET password = (SELECT password FROM auth_user WHERE username = 'mei') WHERE username = 'omar'");
  }
});
