// Whoever works with the keyboard sees where they are, also while the bar of emergencies covers a part of the page.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { assertQuiet, live, liveWithoutMark, openBrowser, sit } from "./support/people.mjs";
import { reportLeak } from "./support/report.mjs";
import { Site } from "./support/site.mjs";
import { scene } from "./support/story.mjs";

const SCREENS = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
];
const MOST_STOPS = 160;

let site, browser;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  for (let i = 1; i <= 3; ++i) await reportLeak(site, { address: `${i} Covered Road`, phone: `518 555 012${i}`, unable_to_leave: i === 1 ? "yes" : "no" }, `127.0.6.${i}`);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

/** What has the focus, and what lies over it: a text for a fault, nothing when it can be seen. */
function fault() {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const box = focused.getBoundingClientRect();
  const name = `${focused.tagName} “${(focused.textContent || focused.name || "").trim().slice(0, 40)}” at ${Math.round(box.top)}`;
  const width = Math.min(box.width, innerWidth);
  const points = [0.2, 0.5, 0.8].flatMap((x) => [0.25, 0.5, 0.75].map((y) => [box.left + width * x, box.top + box.height * y]));
  const isSeen = ([x, y]) => {
    const top = document.elementFromPoint(x, y);
    // Its own label lies over an invisible radio button; a row's link reaches over its row.
    return top && (focused.contains(top) || top.contains(focused) || top.closest("label")?.control === focused || top.closest("tr, li, label")?.contains(focused));
  };
  return points.some(isSeen) ? null : name;
}

/** What can still be reached behind the last stop: the focus was lost when there is anything. */
function left({ stop, key }) {
  const reachable = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(
    (element) => element.tabIndex >= 0 && !element.disabled && element.type !== "hidden" && element.checkVisibility({ visibilityProperty: true }),
  );
  const beyond = key === "Tab" ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const isLeft = (element) => !stop || (stop.compareDocumentPosition(element) & beyond && !stop.contains(element));
  // A group of radio buttons is one stop.
  return reachable.filter((element) => isLeft(element) && !(stop?.name && element.name === stop.name)).map((element) => element.outerHTML.slice(0, 80));
}

async function walk(page, key) {
  const faults = [];
  let stops = 0;
  let first = null;
  let stop = null;
  for (; stops < MOST_STOPS; ++stops) {
    await page.keyboard.press(key);
    const next = await page.evaluateHandle(() => document.activeElement);
    // Downward it ends at the page itself, upward it begins again at the end.
    if (await next.evaluate((element, begin) => element === document.body || element === begin, first)) break;
    first ??= next;
    stop = next;
    const found = await page.evaluate(fault);
    if (found) faults.push(`${key}: ${found}`);
  }
  for (const element of await page.evaluate(left, { stop, key })) faults.push(`${key}: the focus was lost before ${element}`);
  return { faults, stops };
}

for (const screen of SCREENS)
  scene(`at ${screen.width}×${screen.height} nothing covers what has the focus, down the queue and back`, async () => {
    for (const scripts of [true, false]) {
      const person = await sit(browser, site, { name: "ravi", screen, scripts });
      const { page } = person;
      await page.goto("/admin/requests/?status=Pending&size=50");
      // On a phone the mark is not drawn.
      if (scripts) await liveWithoutMark(page);
      const alarms = await page.locator("[data-alarm]").count();
      assert.ok(alarms >= 2, `${alarms} leaks in the bar`);
      const down = await walk(page, "Tab");
      assert.ok(down.stops > 50, `${down.stops} stops`);
      await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      const up = await walk(page, "Shift+Tab");
      assert.equal(up.stops, down.stops, "as many stops up as down");
      assert.deepEqual([...down.faults, ...up.faults], [], `scripts ${scripts}`);
      assertQuiet(person);
      await person.context.close();
    }
  });

scene("a line that comes in does not cover the field that somebody types in", async () => {
  const { page } = await sit(browser, site, { name: "sofia", screen: SCREENS[1] });
  await page.goto("/admin/requests/create/");
  await live(page);
  const field = page.getByLabel("Where is it?");
  await field.focus();
  await page.evaluate(() => {
    const bar = document.querySelector("[data-alarms]").getBoundingClientRect();
    const field = document.activeElement.getBoundingClientRect();
    window.scrollBy(0, field.top - bar.height - 4);
  });
  for (let i = 10; i < 13; ++i) await reportLeak(site, { address: `${i} Covered Road, with a very long name that takes a second line of the bar`, unable_to_leave: "yes" }, `127.0.6.${i}`);
  await page.locator("[data-alarm]", { hasText: "12 Covered Road" }).waitFor();
  await page.waitForTimeout(300);
  assert.ok(await field.evaluate((one) => one === document.activeElement), "the field still has the focus");
  assert.equal(await page.evaluate(fault), null);
});
