// The private page of a leak report, while the leak is open: news every half minute, without moving the page.

import { parsePage } from "./fragment";

const PAUSE_MS = 30_000;

async function refresh(): Promise<void> {
  if (document.hidden) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const page = parsePage(await answer.text());
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

for (const words of document.querySelectorAll<HTMLElement>("[data-by-itself], [data-by-hand]")) words.hidden = !words.hidden;
setInterval(() => void refresh(), PAUSE_MS);
document.addEventListener("visibilitychange", () => void refresh());
