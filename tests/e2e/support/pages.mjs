// Every page of the site with the person who sees it, for the checks that look at all of them and for the pictures.

import { sit } from "./people.mjs";

async function leakChosen(page) {
  await page.getByRole("radio", { name: /Gas Leak/ }).check();
  await page.locator(".emerg").waitFor();
}

// Of another type than a leak: the page keeps what the story chose before, and a leak is never refused, not even an empty one.
async function emptyRequestSent(page) {
  await page.getByRole("radio", { name: /Maintenance/ }).check();
  await page.getByRole("button", { name: "Send request" }).click();
  await page.locator(".error").first().waitFor();
}

async function twoAddressesSent(page) {
  await page.getByLabel("Which address?").fill("99 Other Street");
  await page.locator("#account input[type=radio]").first().check();
  await emptyRequestSent(page);
}

async function halfAQuietTimeSent(page) {
  await page.getByLabel("From", { exact: true }).fill("22:00");
  await page.getByRole("button", { name: "Save" }).click();
  await page.locator(".error").first().waitFor();
}

async function emptyCommentSent(page) {
  await page.getByRole("button", { name: "Send and reopen" }).click();
  await page.getByText("Write your comment, or add a photo.").first().waitFor();
}

async function resolvedWithReplyTyped(page) {
  await page.getByLabel("Message", { exact: true }).fill("We come tomorrow.");
  await page.getByRole("button", { name: "Mark as resolved" }).click();
  await page.locator("#unsent").waitFor();
}

async function wrongPassword(page) {
  await page.getByLabel("User name").fill("nobody");
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await page.locator(".error, [role=alert]").first().waitFor();
}

async function emptyReportSent(page) {
  await page.getByRole("button", { name: "Send the report" }).click();
  await page.locator(".error").first().waitFor();
}

async function noteChosen(page) {
  await page.getByRole("radio", { name: "Internal note" }).check();
}

async function requestNumbered(page, words) {
  await page.goto("/service/");
  const address = await page.getByRole("link", { name: words }).first().getAttribute("href");
  return /\d+/.exec(address)[0];
}

async function reportLeak(page) {
  await page.goto("/emergency/");
  await page.getByLabel("Where is the gas smell?").fill("14 Mill Street, second floor");
  await page.getByRole("radio", { name: "Strong" }).check();
  await page.getByRole("button", { name: "Send the report" }).click();
  await page.waitForURL(/\/emergency\/report\//);
  return new URL(page.url()).pathname;
}

async function linkOf(page, list, words) {
  await page.goto(list);
  return page.locator("main").getByRole("link", { name: words }).first().getAttribute("href");
}

export async function guestPages(browser, site) {
  const guest = await sit(browser, site);
  const followed = await reportLeak(guest.page);
  await guest.context.close();
  return [
    { name: "front", path: "/" },
    { name: "sign-in", path: "/accounts/login/" },
    { name: "sign-in-refused", path: "/accounts/login/", act: wrongPassword },
    { name: "reset", path: "/accounts/password/reset/" },
    { name: "emergency", path: "/emergency/" },
    { name: "emergency-refused", path: "/emergency/", act: emptyReportSent },
    { name: "emergency-followed", path: followed },
    { name: "not-found", path: "/nowhere/" },
  ];
}

export async function customerPages({ page }) {
  const leak = await requestNumbered(page, /smell of gas/);
  const pending = await requestNumbered(page, /kitchen range/);
  const resolved = await requestNumbered(page, /pilot light/);
  return [
    { name: "home", path: "/" },
    { name: "requests", path: "/service/" },
    { name: "requests-none", path: "/service/?status=Pending&type=other" },
    { name: "new", path: "/service/create/" },
    { name: "new-leak", path: "/service/create/", act: leakChosen },
    { name: "new-refused", path: "/service/create/", act: emptyRequestSent },
    { name: "new-two-addresses", path: "/service/create/", act: twoAddressesSent },
    { name: "received", path: `/service/${pending}/received/` },
    { name: "received-leak", path: `/service/${leak}/received/` },
    { name: "request", path: `/service/${pending}/` },
    { name: "request-leak", path: `/service/${leak}/` },
    { name: "request-resolved", path: `/service/${resolved}/` },
    { name: "request-refused", path: `/service/${resolved}/`, act: emptyCommentSent },
    { name: "notifications", path: "/notifications/" },
    { name: "account", path: "/account/" },
    { name: "choices", path: "/account/notifications/" },
    { name: "choices-refused", path: "/account/notifications/", act: halfAQuietTimeSent },
    { name: "password", path: "/account/password/" },
    { name: "security", path: "/account/security/" },
    { name: "sessions", path: "/account/sessions/" },
    { name: "close", path: "/account/close/" },
    { name: "stranger", path: "/service/999999/" },
    { name: "forbidden", path: "/admin/" },
  ];
}

export async function staffPages({ page }) {
  const leak = await linkOf(page, "/admin/requests/?type=gas-leak&q=Elm", /smell of gas/);
  const pending = await linkOf(page, "/admin/requests/?q=kitchen+range", /kitchen range/);
  const resolved = await linkOf(page, "/admin/requests/?q=pilot+light&status=Resolved", /pilot light/);
  return [
    { name: "overview", path: "/admin/" },
    { name: "queue", path: "/admin/requests/?status=Pending" },
    { name: "queue-emergencies", path: "/admin/requests/?status=Pending&type=gas-leak" },
    { name: "queue-filtered", path: "/admin/requests/?type=billing&type=maintenance&from=2020-01-01&until=2030-12-31" },
    { name: "queue-resolved", path: "/admin/requests/?status=Resolved" },
    { name: "queue-found", path: "/admin/requests/?q=furnace&sort=updated" },
    { name: "queue-none", path: "/admin/requests/?q=zeppelin" },
    { name: "desk-request", path: pending },
    { name: "desk-request-note", path: pending, act: noteChosen },
    { name: "desk-request-unsent", path: pending, act: resolvedWithReplyTyped },
    { name: "desk-request-leak", path: leak },
    { name: "desk-request-resolved", path: resolved },
    { name: "users", path: "/admin/users/" },
    { name: "user", path: await linkOf(page, "/admin/users/?q=mei", /Mei/) },
    { name: "user-new", path: "/admin/users/create/" },
    { name: "accounts", path: "/admin/accounts/" },
    { name: "desk-account", path: await linkOf(page, "/admin/accounts/?q=mei", /^\d/) },
    { name: "desk-account-new", path: "/admin/accounts/create/" },
    { name: "desk-notifications", path: "/notifications/" },
    { name: "desk-sign-in", path: "/account/" },
    { name: "desk-security", path: "/account/security/" },
    { name: "desk-choices", path: "/account/notifications/" },
    { name: "mail", path: "/admin/mail/" },
  ];
}

