// In Spanish: a customer's road with and without scripts, a leak report, and no word cut off on any page.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { lookAtPages } from "./support/layout.mjs";
import { customerPages, guestPages, staffPages } from "./support/pages.mjs";
import { assertQuiet, live, openBrowser, PHONE, requestId, shows, sit } from "./support/people.mjs";
import { PASSWORD, Site } from "./support/site.mjs";
import { scene } from "./support/story.mjs";

const QUESTION = "El piloto se apaga cada noche.";
const REPLY = "Mañana va una cuadrilla.";
// Today, at a time with no-break spaces in it: "hoy, 3:30 p. m."
const TIME = /(hoy|\d+ de [a-z]+), \d+:\d\d\u00a0[ap]\.\u00a0m\./;

let site, browser;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

async function isSpanish(page) {
  assert.equal(await page.locator("html").getAttribute("lang"), "es", page.url());
}

/** Chooses Spanish on the sign-in page, which stays where it is, and signs in. */
async function signInInSpanish(page, name) {
  await page.goto("/accounts/login/?next=%2F");
  await page.getByRole("contentinfo").getByRole("button", { name: "Español" }).click();
  await page.getByLabel("Nombre de usuario").fill(name);
  assert.match(page.url(), /\/accounts\/login\/\?next=%2F$/);
  await page.getByLabel("Contraseña", { exact: true }).fill(PASSWORD);
  await page.locator("main").getByRole("button", { name: "Iniciar sesión" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  await isSpanish(page);
}

async function answerAndResolve(ravi, id) {
  const { page } = ravi;
  await page.goto(`/admin/requests/${id}/`);
  await page.getByLabel("Message", { exact: true }).fill(REPLY);
  await page.getByRole("button", { name: "Send and resolve" }).click();
  await shows(page.locator(".reqhead .pill"), "Resolved");
}

/** Signs in, asks, comments and reads that it is resolved. */
async function walk(name, scripts) {
  const person = await sit(browser, site, { screen: PHONE, scripts });
  const ravi = await sit(browser, site, { name: "ravi" });
  const { page } = person;
  await signInInSpanish(page, name);
  await page.getByRole("link", { name: "Nueva solicitud" }).first().click();
  await page.getByRole("radio", { name: "Mantenimiento" }).check();
  await page.getByLabel("¿Qué está pasando?").fill(QUESTION);
  await page.getByRole("button", { name: "Enviar", exact: true }).click();
  await page.getByRole("heading", { name: "Recibimos su solicitud" }).waitFor();
  const id = requestId(page);
  await page.getByRole("link", { name: "Seguir esta solicitud" }).click();
  await page.getByRole("heading", { level: 1, name: QUESTION.slice(0, -1) }).waitFor();
  if (scripts) await live(page);
  await page.getByLabel("Su comentario").fill("Anoche otra vez.");
  await page.getByRole("button", { name: "Enviar", exact: true }).click();
  await shows(page.locator("[data-timeline]"), "Anoche otra vez.");
  assert.match(await page.locator("[data-timeline]").innerText(), TIME);
  await answerAndResolve(ravi, id);
  if (!scripts) await page.reload();
  await shows(page.locator("[data-timeline] .cm--staff"), REPLY);
  await shows(page.locator('[data-slot="state"] .pill'), "Resuelta");
  await page.goto("/service/");
  await shows(page.locator("main"), /Mantenimiento/);
  await isSpanish(page);
  // A choice that is made while signed in is known on another device, too.
  await page.goto("/account/");
  await page.locator("main").getByRole("button", { name: "Español" }).click();
  await page.getByRole("heading", { level: 1, name: "Cuenta" }).waitFor();
  const elsewhere = await sit(browser, site, { name, screen: PHONE, scripts });
  await isSpanish(elsewhere.page);
  await elsewhere.page.goto("/account/");
  await elsewhere.page.locator("main").getByRole("button", { name: "English" }).click();
  await elsewhere.page.getByRole("heading", { level: 1, name: "Account" }).waitFor();
  assertQuiet(person, ravi, elsewhere);
  for (const { context } of [person, ravi, elsewhere]) await context.close();
}

scene("a leak is reported in Spanish by the link on every page, and the desk is told", async () => {
  const guest = await sit(browser, site, { screen: PHONE, scripts: false });
  const ravi = await sit(browser, site, { name: "ravi" });
  const { page, context } = guest;
  await page.goto("/");
  await page.getByRole("link", { name: "¿Huele a gas?" }).click();
  await page.getByRole("heading", { level: 1, name: "Salga del edificio ahora mismo" }).waitFor();
  await page.getByRole("button", { name: "Enviar el reporte" }).click();
  await page.locator("#address-error").waitFor();
  await isSpanish(page);
  await page.getByLabel("¿En qué dirección huele a gas?").fill("21 Mill Street");
  await page.getByRole("button", { name: "Enviar el reporte" }).click();
  await page.getByRole("heading", { name: "Recibimos su reporte" }).waitFor();
  assert.ok(!(await context.cookies()).some(({ name }) => name === "language"), "no choice is kept");
  await page.reload();
  await isSpanish(page);
  await ravi.page.goto("/admin/requests/?status=Pending&type=gas-leak");
  await shows(ravi.page.locator("[data-alarm]", { hasText: "21 Mill Street" }), "Reported in Spanish");
  await shows(ravi.page.locator("[data-row]", { hasText: "21 Mill Street" }), "Reported in Spanish");
  await page.getByRole("link", { name: "English", exact: true }).click();
  await page.getByRole("heading", { name: "We have your report" }).waitFor();
  assertQuiet(guest, ravi);
  await context.close();
  await ravi.context.close();
});

// What is done on a page needs its English words; the pages themselves are the same.
const withoutActs = (list) => list.filter(({ act }) => !act);

scene("nothing of a guest's pages is cut off in Spanish", async () => {
  await lookAtPages(browser, site, { language: "es", list: withoutActs(await guestPages(browser, site)) });
});

scene("nothing of a customer's pages is cut off in Spanish", async () => {
  const mei = await sit(browser, site, { name: "mei" });
  await lookAtPages(browser, site, { name: "mei", language: "es", list: withoutActs(await customerPages(mei)) });
});

scene("nothing of the desk's pages is cut off in Spanish", async () => {
  const ada = await sit(browser, site, { name: "ada" });
  await lookAtPages(browser, site, { name: "ada", language: "es", list: withoutActs(await staffPages(ada)) });
});

// Last: their choice is kept for them.
scene("a customer signs in, asks, comments and reads that it is resolved", () => walk("mei", true));

scene("without scripts as well", () => walk("omar", false));
