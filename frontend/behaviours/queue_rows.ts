// Live rows of the queue. An ordinary request never moves what is being read: it waits behind a button. An
// emergency goes straight to the top and is announced.

import { all, one } from "./dom";
import { parseFragment } from "./fragment";
import { replaceById } from "./patch";
import { tick } from "./queue_timers";
import { countedText } from "./texts";
import { alertNow, say } from "./toast";

type Row = { html: string; say?: string; open?: number };

const waiting = new Map<string, Element>();

function parseRow(html: string): Element | null {
  const row = parseFragment(html)[0] ?? null;
  row?.classList.add("is-new");
  return row;
}

function showWaiting(): void {
  const bar = one("[data-livebar]");
  if (!bar) return;
  bar.hidden = waiting.size === 0;
  one("[data-livebar-words]", bar)!.textContent = countedText("newRequests", waiting.size);
}

export function insertRow(message: Row): void {
  if (!one("[data-rows]")) return;
  const row = parseRow(message.html);
  if (!row) return;
  if (!replaceById(row)) {
    waiting.set(row.id, row);
    showWaiting();
  }
  tick();
  if (message.say) say(message.say);
}

export function insertEmergency(message: Row): void {
  const pinned = one("[data-emergencies]");
  const row = parseRow(message.html);
  if (pinned && row && !replaceById(row)) {
    one(".pin", pinned)?.after(row);
    pinned.hidden = false;
  }
  tick();
  const open = message.open ?? all("[data-emergencies] [data-row]").length;
  for (const number of all("[data-emergency-count]")) number.textContent = String(open);
  for (const badge of all("[data-emergency-badge]")) badge.classList.toggle("n--hot", open > 0);
  document.title = `(!) ${document.title.replace(/^\(!\) /, "")}`;
  if (message.say) alertNow(message.say);
}

function showNewRows(event: Event): void {
  const rows = one("[data-rows]");
  if (!rows) return;
  event.preventDefault();
  const heading = one(".rest", rows);
  for (const row of waiting.values()) {
    if (heading) heading.after(row);
    else rows.prepend(row);
  }
  one("[data-empty]")?.remove();
  waiting.clear();
  showWaiting();
  one("[data-row] .q-title a", rows)?.focus();
}

export function startRows(): void {
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-show-new]")) showNewRows(event);
  });
}
