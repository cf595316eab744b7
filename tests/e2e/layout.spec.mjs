// On no screen is a word cut off or outside: the measuring is proved on samples, then it looks at every page.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { contrastOf } from "./support/contrast.mjs";
import { lookAtPages, remarksOn } from "./support/layout.mjs";
import { customerPages, guestPages, staffPages } from "./support/pages.mjs";
import { openBrowser, sit } from "./support/people.mjs";
import { reportLeak } from "./support/report.mjs";
import { Site } from "./support/site.mjs";
import { scene } from "./support/story.mjs";

const LEAST_TITLE_PX = 180;
const LEAST_CONTRAST = 4.5;
// Wide enough for one long word, too narrow for a line of an address.
const LONG_STREET = `12 Elm Street, ${"second floor behind the old brick house, ".repeat(3)}`.slice(0, 120);
const MOST_OF_BAR_LINE_PX = 130;

let site, browser;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const WORDS = "<span>Boiler is cold in the cellar</span>";
// Each sample is wrong in the way that its remark names; those with an empty one are right.
const SAMPLES = [
  ["is cut off by box", `<div class="box" style="overflow:hidden;width:4rem;white-space:nowrap">${WORDS}</div>`],
  ["is cut off by box", `<div class="box" style="overflow:clip;width:4rem;white-space:nowrap">${WORDS}</div>`],
  ["sticks out of its cell", `<table style="table-layout:fixed;width:4rem"><tr><td style="white-space:nowrap">${WORDS}</td></tr></table>`],
  ["is outside of the screen", `<div style="margin-left:-2rem;white-space:nowrap">${WORDS}</div>`],
  ["scrolls sideways", `<div style="width:3000px">${WORDS}</div>`],
  ["is cut off by box", `<div class="box" style="overflow:hidden;height:0.3rem">${WORDS}</div>`],
  ["lies over", `<div>${WORDS}</div><div style="margin-top:-1rem">Gas</div>`],
  ["is broken in two", `<div style="width:2rem;overflow-wrap:anywhere">${WORDS}</div>`],
  ["is broken in two", `<div style="width:3rem">SR-00042</div>`],
  ["a dot hangs in", `<div style="width:3.5rem">Boiler · cellar</div>`],
  ["a dot hangs after", `<style>b::after { content: "·" }</style><div style="width:3rem"><b>Boiler</b> <b>cellar</b></div>`],
  ["", `<div style="overflow:auto;width:4rem;white-space:nowrap">${WORDS}</div>`],
  ["", `<div style="overflow:hidden;text-overflow:ellipsis;width:4rem;white-space:nowrap">${WORDS}</div>`],
  ["", `<div class="vh" style="position:absolute;left:-100px;white-space:nowrap">${WORDS}</div>`],
  ["", `<div style="width:10rem">${WORDS}</div>`],
  ["", `<div style="width:3rem">a sign-in, 煤气煤气煤气煤气</div>`],
  ["", `<div style="width:20rem">Boiler · cellar, SR-00042</div>`],
];

scene("the measuring sees each fault of a made-up page, and none where there is none", async () => {
  const { page, context } = await sit(browser, site);
  for (const [fault, markup] of SAMPLES) {
    await page.setContent(`<!doctype html><body style="margin:0">${markup}`);
    const remarks = await remarksOn(page, { widths: [320] });
    if (fault) assert.ok(remarks.some((remark) => remark.includes(fault)), `${fault} is not in ${JSON.stringify(remarks)}`);
    else assert.deepEqual(remarks, [], markup);
  }
  await context.close();
});

scene("nothing of a guest's pages is cut off", async () => {
  await lookAtPages(browser, site, { list: await guestPages(browser, site) });
});

scene("nothing of a customer's pages is cut off", async () => {
  const mei = await sit(browser, site, { name: "mei" });
  await lookAtPages(browser, site, { name: "mei", list: await customerPages(mei) });
});

scene("nothing of the desk's pages is cut off", async () => {
  const ada = await sit(browser, site, { name: "ada" });
  await lookAtPages(browser, site, { name: "ada", list: await staffPages(ada) });
});

// How wide the placeholders are that do not fit into their fields.
const cutPlaceholders = () =>
  [...document.querySelectorAll("input[placeholder]")].flatMap((field) => {
    const { font, paddingLeft, paddingRight } = getComputedStyle(field);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = font;
    const room = field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    const width = pen.measureText(field.placeholder).width;
    return field.checkVisibility() && width > room ? [`${field.placeholder}: ${width} px in ${room} px`] : [];
  });

scene("at 1440 px no placeholder of the desk's lists is cut off", async () => {
  const { page, context } = await sit(browser, site, { name: "ada" });
  for (const path of ["/admin/users/", "/admin/accounts/", "/admin/requests/"]) {
    await page.goto(path);
    assert.deepEqual(await page.evaluate(cutPlaceholders), [], path);
  }
  await context.close();
});

async function titles(page) {
  const narrow = await page.locator(".q-open").evaluateAll(
    (all, least) => all.filter((title) => title.parentElement.clientWidth < least).map((title) => title.textContent),
    LEAST_TITLE_PX,
  );
  return narrow.map((title) => `"${title}" has less than ${LEAST_TITLE_PX} px`);
}

async function menus(page) {
  const all = [];
  for (const menu of await page.locator("main details.menu").all()) {
    await menu.locator("summary").click();
    const remarks = await page.evaluate(() => window.measureLayout());
    // An open menu lies over the page on purpose.
    for (const remark of remarks.filter((words) => !words.includes(" lies over "))) all.push(`with a menu open, ${remark}`);
    const outside = await menu.locator(".menu__pop").evaluate((pop) => {
      const box = pop.getBoundingClientRect();
      return box.left < 0 || box.right > document.documentElement.clientWidth;
    });
    if (outside) all.push("a menu leaves the screen");
    await page.keyboard.press("Escape");
  }
  return all;
}

async function badge(page) {
  const contrast = contrastOf(
    await page.locator(".side [aria-current] .n--hot").evaluate((element) => {
      const { color, backgroundColor } = getComputedStyle(element);
      return [color, backgroundColor];
    }),
  );
  return contrast < LEAST_CONTRAST ? [`the badge has a contrast of ${contrast.toFixed(1)}`] : [];
}

scene("titles of the queue can be read, and its menus stay on the screen", async () => {
  const look = async (page) => [...(await titles(page)), ...(await menus(page))];
  await lookAtPages(browser, site, {
    name: "ravi",
    list: [
      { name: "all", path: "/admin/requests/", look },
      { name: "resolved", path: "/admin/requests/?status=Resolved&sort=updated", look },
      { name: "filtered", path: "/admin/requests/?type=billing&type=maintenance&from=2020-01-01&until=2030-12-31&q=meter", look },
      { name: "emergencies", path: "/admin/requests/?status=Pending&type=gas-leak", look: badge },
    ],
  });
});

scene("a long address and a fold of many leave the bar low and the page whole", async () => {
  await reportLeak(site, { address: LONG_STREET, phone: "518 555 0123" }, "127.0.3.1");
  for (let i = 0; i < 12; ++i) await reportLeak(site, { address: `${i} ${LONG_STREET}`.slice(0, 120) }, "127.0.3.2");
  const ravi = await sit(browser, site, { name: "ravi" });
  await ravi.page.goto("/admin/requests/?status=Pending&type=gas-leak");
  const fold = await ravi.page.locator("[data-row] a", { hasText: "from this sender" }).first().getAttribute("href");
  await ravi.context.close();
  const look = async (page, width) => {
    const lines = await page.locator(".alarm--new").evaluateAll((all) => all.map((line) => line.offsetHeight));
    const most = width < 640 ? 2 * MOST_OF_BAR_LINE_PX : MOST_OF_BAR_LINE_PX;
    return lines.filter((height) => height > most).map((height) => `a line of the bar is ${height} px high`);
  };
  await lookAtPages(browser, site, {
    name: "ravi",
    list: [
      { name: "overview", path: "/admin/", look },
      { name: "fold", path: fold, look },
      { name: "false alarm", path: fold.replace("#fold", "false-alarm/"), look },
    ],
  });
});
