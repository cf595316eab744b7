// The private page of a leak report, while the leak is open: news every half minute, without moving the page.

import { parsePage } from "./fragment";

const PAUSE_MS = 30_000;

const noLine = document.querySelector<HTMLElement>("[data-no-line]");

async function load(): Promise<Document | null> {
  try {
    const answer = await fetch(location.href);
    const page = answer.ok ? parsePage(await answer.text()) : null;
    return page?.querySelector("[data-fresh]") ? page : null;
  } catch {
    return null;
  }
}

async function refresh(): Promise<void> {
  if (document.hidden) return;
  const page = await load();
  if (noLine) noLine.hidden = page !== null;
  if (!page) return;
  const fresh = page.querySelectorAll("[data-fresh]");
  document.querySelectorAll("[data-fresh]").forEach((part, i) => {
    const news = fresh[i];
    if (!news || news.isEqualNode(part)) return;
    const copy = document.importNode(news, true);
    // Of a list only what is new is read out.
    if (part.matches("ol")) part.append(...[...copy.children].filter((entry) => !document.getElementById(entry.id)));
    else part.replaceChildren(...copy.childNodes);
  });
}

// Not over plain HTTP, where there is no clipboard.
function offerLink(box: HTMLElement): void {
  if (!navigator.clipboard) return;
  box.hidden = false;
  box.querySelector("button")?.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.origin + location.pathname);
    box.querySelector<HTMLElement>("[role=status] span")!.hidden = false;
  });
}

document.querySelectorAll<HTMLElement>("[data-copy-link]").forEach(offerLink);
for (const words of document.querySelectorAll<HTMLElement>("[data-by-itself], [data-by-hand]")) words.hidden = !words.hidden;
// Without a line the page, with its numbers, stays.
document.querySelector("[data-check]")?.addEventListener("click", (event) => {
  event.preventDefault();
  void refresh();
});
setInterval(() => void refresh(), PAUSE_MS);
document.addEventListener("visibilitychange", () => void refresh());
