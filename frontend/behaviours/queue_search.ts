// Searches the queue while the words are typed. The address always names what is shown, so it can be shared.

import { one } from "./dom";
import { adoptIcons, parsePage } from "./fragment";
import { showInstead } from "./live";
import { tick } from "./queue_timers";
import { say } from "./toast";

const PAUSE_MS = 250;

let running: AbortController | null = null;
// The list that is on the page, as the address names it.
let shown = "";
// One entry of the history for all letters of a search: Back leads to the list before it.
let hasEntry = false;

const nameOf = (): string => location.pathname + location.search;

function addressOf(form: HTMLFormElement): string {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) fields.append(name, String(value));
  return `${form.getAttribute("action")}?${fields.toString()}`;
}

function show(html: string): void {
  const page = parsePage(html);
  const fresh = page.querySelector<HTMLElement>("[data-results]");
  const old = one("[data-results]");
  if (!fresh || !old) return;
  adoptIcons(page);
  old.replaceWith(fresh);
  document.title = page.title;
  showInstead(page.body);
  tick();
  if (fresh.dataset.say) say(fresh.dataset.say);
}

async function search(form: HTMLFormElement): Promise<void> {
  running?.abort();
  const current = new AbortController();
  running = current;
  const address = addressOf(form);
  const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: current.signal });
  const html = await answer.text();
  if (current.signal.aborted || !answer.ok || answer.redirected) return;
  if (hasEntry) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  hasEntry = true;
  shown = nameOf();
  show(html);
}

export function startSearch(): void {
  const form = one<HTMLFormElement>("form[data-search]");
  if (!form || !one("[data-results]")) return;
  let timer = 0;
  shown = nameOf();
  window.addEventListener("popstate", () => {
    if (nameOf() !== shown) location.reload();
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    // A search that fails leaves the old list; Enter sends the form as ever.
    timer = window.setTimeout(() => void search(form).catch(() => undefined), PAUSE_MS);
  });
}
