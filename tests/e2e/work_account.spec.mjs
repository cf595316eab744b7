// The staff sign in at a real provider of OpenID Connect. Nina comes to the desk with the role of her group, and the site follows
// when that changes. Customers notice nothing.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { lookAt } from "./support/axe.mjs";
import { assertQuiet, DESKTOP, fillSignIn, openBrowser, PHONE, shows, sit } from "./support/people.mjs";
import { WorkAccounts } from "./support/provider.mjs";
import { Site } from "./support/site.mjs";
import { step } from "./support/story.mjs";

const people = {
  nina: { given_name: "Nina", family_name: "Ruiz", groups: ["everybody", "desk"] },
  otto: { given_name: "Otto", family_name: "Berg", groups: ["everybody"] },
};
let site, browser, accounts, nina, settings;

const roleOf = (name) => site.sql(`SELECT role FROM auth_user WHERE username = '${name}'`);
const openSessions = (name) =>
  site.sql(`SELECT count(*) FROM auth_session s JOIN auth_user u ON u.id = s.user_id WHERE u.username = '${name}'`);
const workAccount = (page) => page.getByRole("link", { name: "Sign in with your work account" });

async function restart(further = {}) {
  await site.end("SIGTERM");
  site.settings = { ...settings, ...further };
  await site.start();
}

// No script is needed for any of it.
function sitAtDesk(options = {}) {
  return sit(browser, site, { screen: DESKTOP, scripts: false, baseURL: site.urlFor("ravi"), ...options });
}

before(async () => {
  accounts = await WorkAccounts.open(people, "ES256");
  site = await Site.open();
  settings = accounts.serve(site.urlFor("ravi"));
  await restart();
  browser = await openBrowser();
  nina = await sitAtDesk({ scripts: true });
});
after(async () => {
  await browser?.close();
  await site?.close();
  await accounts?.close();
});

step("Nina opens a page of the desk and gets there by her work account", async () => {
  const { page } = nina;
  await page.goto("/admin/users/");
  await workAccount(page).click();
  await accounts.letIn(page, "nina");
  await page.waitForURL(/\/admin\/users\/$/);
  await shows(page.locator("body"), "Nina Ruiz");
  assert.equal(roleOf("nina"), "representative");
});

step("her group changes, and so does her role at the next sign-in; the session before ends", async () => {
  people.nina.groups = ["leads"];
  const other = await sitAtDesk();
  await other.page.goto("/accounts/login/");
  await workAccount(other.page).click();
  await accounts.letIn(other.page, "nina");
  await other.page.waitForURL(/\/admin\/$/);
  assert.equal(roleOf("nina"), "supervisor");
  assert.equal(openSessions("nina"), "1");
  assertQuiet(other);
  await other.context.close();
});

step("what she typed while her session ended comes back", async () => {
  const { page } = nina;
  await page.goto("/admin/users/");
  await workAccount(page).click();
  await page.waitForURL(/\/admin\/users\/$/);
  await page.goto("/admin/requests/");
  await page.locator("main a[data-opens]").first().click();
  await page.locator("textarea[name=text]").fill("The crew comes at noon.");
  site.sql("DELETE FROM auth_session");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await shows(page.locator("main"), "You were signed out");
  await workAccount(page).click();
  await page.waitForURL(/\/admin\/requests\/\d+\//);
  assert.equal(await page.locator("textarea[name=text]").inputValue(), "The crew comes at noon.");
});

step("Otto, who is in none of the groups, reads why he stays out and whom to ask", async () => {
  const otto = await sitAtDesk({ screen: PHONE });
  await otto.page.goto("/accounts/login/");
  await workAccount(otto.page).click();
  await accounts.letIn(otto.page, "otto");
  await otto.page.getByRole("heading", { name: "Your work account has no role here" }).waitFor();
  await shows(otto.page.locator("main"), "Ask the person who manages work accounts");
  assert.equal(roleOf("otto"), "");
  people.otto.groups = ["desk"];
  await workAccount(otto.page).click();
  await otto.page.waitForURL(/\/admin\/$/);
  assert.equal(roleOf("otto"), "representative");
  await otto.context.close();
});

step("customers sign in as before, and of the staff only administrators with a password", async () => {
  await restart({ GAS_UTILITY_LOCAL_SIGN_IN: "administrators" });
  const mei = await sit(browser, site, { name: "mei", screen: PHONE });
  await shows(mei.page.locator("body"), "Mei");
  const ravi = await sitAtDesk();
  await ravi.page.goto("/accounts/login/");
  await ravi.page.getByLabel("User name").fill("ravi");
  await ravi.page.getByLabel("Password", { exact: true }).fill("brass-kettle-41");
  await ravi.page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await shows(ravi.page.locator(".error"), "The staff sign in here with their work account.");
  assert.equal(openSessions("ravi"), "0");
  const ada = await sitAtDesk();
  await ada.page.goto("/accounts/login/");
  await fillSignIn(ada.page, "ada");
  await ada.page.waitForURL(/\/admin\/$/);
  assertQuiet(mei, ravi, ada);
});

step("when the provider is down, a page says what to do, and the rest goes on", async () => {
  accounts.isDown = true;
  await restart({ GAS_UTILITY_LOCAL_SIGN_IN: "administrators" });
  const late = await sitAtDesk({ screen: PHONE });
  await late.page.goto("/accounts/login/");
  await workAccount(late.page).click();
  await late.page.getByRole("heading", { name: "Work accounts don’t answer right now" }).waitFor();
  await late.page.getByRole("link", { name: "Sign in with a password" }).click();
  await fillSignIn(late.page, "ada");
  await late.page.waitForURL(/\/admin\/$/);
  assertQuiet(late);
  const askProvider = async (page) => {
    await workAccount(page).click();
    await page.getByRole("heading", { name: "Work accounts don’t answer right now" }).waitFor();
  };
  await lookAt(browser, site, {
    list: [
      { name: "sign-in with a work account", path: "/accounts/login/" },
      { name: "provider is down", path: "/accounts/login/", act: askProvider },
    ],
  });
});
