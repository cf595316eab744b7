// The private page of a leak report, while the leak is open: news every half minute, without moving the page.

import { adoptIcons, parsePage } from "./fragment";

const PAUSE_MS = 30_000;

const noLine = document.querySelector<HTMLElement>("[data-no-line]");

async function load(): Promise<Document | null> {
  try {
    const answer = await fetch(location.href);
    // The link was withdrawn: the page says so.
    if (answer.status === 410) location.reload();
    const page = answer.ok ? parsePage(await answer.text()) : null;
    return page?.querySelector("[data-fresh]") ? page : null;
  } catch {
    return null;
  }
}

let title = document.title;
let isUnseen = false;

function showTitle(): void {
  document.title = isUnseen ? `(1) ${title}` : title;
}

// Also in a tab that nobody looks at: its title says that we wrote.
async function refresh(): Promise<void> {
  const page = await load();
  if (noLine) noLine.hidden = page !== null;
  if (!page) return;
  title = page.title;
  adoptIcons(page);
  if (!page.querySelector("[data-again]")) document.querySelector("[data-again]")?.remove();
  const fresh = page.querySelectorAll<HTMLElement>("[data-fresh]");
  document.querySelectorAll<HTMLElement>("[data-fresh]").forEach((part, i) => {
    const news = fresh[i];
    if (!news || news.isEqualNode(part)) return;
    part.hidden = news.hidden;
    const copy = document.importNode(news, true);
    if (part.matches("[data-answer]")) isUnseen = true;
    // Of a list only what is new is read out.
    if (part.matches("ol")) part.append(...[...copy.children].filter((entry) => !document.getElementById(entry.id)));
    else part.replaceChildren(...copy.childNodes);
  });
  showTitle();
}

function noteSeen(): void {
  isUnseen = false;
  showTitle();
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
for (const done of ["scroll", "pointerdown", "keydown"]) addEventListener(done, noteSeen);
setInterval(() => void refresh(), PAUSE_MS);
document.addEventListener("visibilitychange", () => void refresh());
