// Reads a page as people with large text do: text sizes of the browser's settings, spaced text, narrow phones.

import assert from "node:assert/strict";
import fs from "node:fs";
import { sit } from "./people.mjs";

const MEASURES = ["numbers_in_page.js", "layout_in_page.js"];
const measuring = MEASURES.map((name) => fs.readFileSync(new URL(name, import.meta.url), "utf8")).join(";");
const WIDTHS = [320, 390];
const HEIGHT = 844;
const SIZES = [100, 150, 200];
const THEMES = ["light", "dark"];
const STANDARD_PX = 16;

// A colour that fades or is inherited from one that fades would be measured halfway.
const STILL = "*, *::before, *::after { transition: none !important }";

// WCAG 1.4.12: all of it must be borne at once.
const SPACED = `
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }`;

async function read([theme, css]) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  document.documentElement.dataset.theme = theme;
  await document.fonts.ready;
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const fontSize = getComputedStyle(document.documentElement).fontSize;
  const layout = window.measureLayout();
  return { ...window.measureNumbers(), layout, strip: window.stripWords(), fontSize };
}

async function setTextSize(page, percent) {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setFontSizes", { fontSizes: { standard: (STANDARD_PX * percent) / 100 } });
  await session.detach();
}

const MODES = THEMES.flatMap((theme) => [false, true].map((isSpaced) => ({ theme, isSpaced })));

/** Everything said about the open page at each width, text size, spacing and theme: [{ where, count, remarks, … }]. */
export async function readings(page, sizes = SIZES) {
  const all = [];
  await page.evaluate(measuring);
  for (const size of sizes) {
    await setTextSize(page, size);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: HEIGHT });
      for (const { theme, isSpaced } of MODES) {
        const found = await page.evaluate(read, [theme, isSpaced ? STILL + SPACED : STILL]);
        assert.equal(found.fontSize, `${(STANDARD_PX * size) / 100}px`, "the text did not take the size");
        all.push({ where: `${width} px, ${size} %${isSpaced ? ", spaced" : ""}, ${theme}`, ...found });
      }
    }
  }
  await setTextSize(page, 100);
  return all;
}

// The page where a leak is reported says in large letters what the strip says.
const hasStrip = (path) => path !== "/emergency/";

function complaintsOfCustomers({ count, strip }, path) {
  const all = [];
  if (count === 0) all.push("shows no number");
  if (hasStrip(path) !== strip.includes("Go outside first")) all.push(`the strip says only "${strip}"`);
  return all;
}

/** Reads every page of `list` as `name` (a guest without); fails with all that hinders. The desk's pages need no number. */
export async function readPages(browser, site, { name, list, sizes, isDesk = false }) {
  const found = [];
  const person = await sit(browser, site, { name, screen: { width: WIDTHS[0], height: HEIGHT } });
  for (const { name: called, path, act } of list) {
    await person.page.goto(path);
    await act?.(person.page);
    for (const reading of await readings(person.page, sizes)) {
      const own = isDesk ? [] : complaintsOfCustomers(reading, new URL(person.page.url()).pathname);
      for (const complaint of [...reading.layout, ...reading.remarks, ...own]) found.push(`${called}, ${reading.where}: ${complaint}`);
    }
  }
  await person.context.close();
  found.push(...person.complaints);
  assert.ok(found.length === 0, `${found.length} remarks\n${found.join("\n")}`);
}
