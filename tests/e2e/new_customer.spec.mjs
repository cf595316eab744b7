// Ravi makes a customer with an account and a temporary password on the phone: one form, and nothing is lost on a reload.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { assertQuiet, DESKTOP, openBrowser, PHONE, shows, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { step } from "./support/story.mjs";

let site, browser, ravi, password, home;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  ravi = await sit(browser, site, { name: "ravi", screen: DESKTOP });
  await ravi.context.grantPermissions(["clipboard-read", "clipboard-write"]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const shown = (page) => page.locator("#temporary-password");

step("an address that fits several accounts asks which one, and keeps what is typed", async () => {
  const { page } = ravi;
  await page.goto("/admin/users/create/");
  await page.getByLabel("User name").fill("Lena.Ortiz");
  await page.getByLabel("First name").fill("Lena");
  await page.getByLabel("Last name").fill("Ortiz");
  await page.getByLabel("Number or address of the account").fill("Elm");
  await page.getByRole("button", { name: "Create user" }).click();
  await page.getByText("Choose the right one below, or empty the field.").first().waitFor();
  assert.equal(await page.getByLabel("First name").inputValue(), "Lena");
  await page.locator("input[name=account_id]").first().check();
  await page.getByRole("button", { name: "Create user" }).dblclick();
  await shown(page).waitFor();
  await shows(page.locator("h1"), "Lena Ortiz");
  home = new URL(page.url()).pathname;
});

step("the password is copied, survives a reload, and is nobody else's to see", async () => {
  const { page } = ravi;
  password = await shown(page).textContent();
  await page.getByRole("button", { name: "Copy" }).click();
  await shows(page.locator(".toasts"), "Copied");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), password);
  await page.reload();
  assert.equal(await shown(page).textContent(), password);
  const ada = await sit(browser, site, { name: "ada", screen: DESKTOP });
  await ada.page.goto(home);
  await shows(ada.page.locator("h1"), "Lena Ortiz");
  assert.equal(await shown(ada.page).count(), 0);
  assertQuiet(ada);
});

step("Done hides it, and Lena signs in with her name in another case", async () => {
  const { page } = ravi;
  await page.getByRole("button", { name: "Done" }).click();
  await shown(page).waitFor({ state: "detached" });
  await page.reload();
  assert.equal(await shown(page).count(), 0);
  const lena = await sit(browser, site, { screen: PHONE });
  await lena.page.goto("/accounts/login/");
  await lena.page.getByLabel("User name").fill("LENA.ortiz");
  await lena.page.getByLabel("Password", { exact: true }).fill(password);
  await lena.page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await lena.page.waitForURL(/\/account\/password\//);
  await page.reload();
  await shows(page.locator(".reqhead__meta"), "with Chrome on");
  assertQuiet(lena);
});

step("her account is unlinked and linked again on her page", async () => {
  const { page } = ravi;
  const unlink = page.getByRole("button", { name: /^Unlink/ });
  const number = (await unlink.getAttribute("aria-label")).replace(/^Unlink\s+/, "");
  assert.match(number, /^[\d-]{8,}$/);
  await unlink.click();
  await page.getByText("No account is linked.").waitFor();
  await page.getByLabel("Number or address of the account").fill("Nowhere 99");
  await page.getByRole("button", { name: "Link account" }).click();
  await page.getByText("No account has this number or address.").first().waitFor();
  await page.getByLabel("Number or address of the account").fill(number);
  await page.getByRole("button", { name: "Link account" }).click();
  await page.getByText("is the holder.").first().waitFor();
  await page.locator("input[name=account_id]").check();
  await page.getByRole("button", { name: "Link account" }).click();
  await shows(page.locator(".flash"), "The account is linked.");
  await page.getByRole("button", { name: `Unlink ${number}` }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: `Unlink ${number}` }).waitFor();
  assertQuiet(ravi);
});
