// Keeps the bars of the overview as fresh as its cards: their numbers come with the page, so it is asked for again.

import { all, one } from "./dom";
import { parsePage } from "./fragment";

// Many events in a row are one request, and not all of the staff ask at the same moment.
const PAUSE_MS = 1500;
const SPREAD_MS = 1500;

let timer = 0;

// The links stay, and with them the focus.
function show(fresh: ParentNode, box: ParentNode): void {
  const rows = all("li", fresh);
  all("li", box).forEach((row, index) => {
    const from = rows[index];
    if (!from || one("a", from)?.textContent !== one("a", row)?.textContent) return;
    const parts = all("progress, .num", from);
    all("progress, .num", row).forEach((part, at) => part.replaceWith(parts[at] ?? part));
  });
}

async function refresh(box: HTMLElement): Promise<void> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const fresh = one("[data-figures]", parsePage(await answer.text()));
  if (fresh) show(fresh, box);
}

export function refreshFigures(): void {
  const box = one("[data-figures]");
  if (!box || timer) return;
  const pause = PAUSE_MS + Math.random() * SPREAD_MS;
  timer = window.setTimeout(() => {
    timer = 0;
    // The numbers stay as they are; the next event asks again.
    void refresh(box).catch(() => undefined);
  }, pause);
}
