// Live rows of the queue. An ordinary request never moves what is being read: it waits behind a button. An
// emergency goes straight on top of the list of emergencies; that it rings is alarms.ts.

import { one } from "./dom";
import { parseFragment } from "./fragment";
import { nameYou, replaceById } from "./patch";
import { leadBack } from "./queue_place";
import { tick } from "./queue_timers";
import { countedText } from "./texts";
import { say } from "./toast";

type Row = { html: string; mode: "insert" | "replace"; say?: string };

const waiting = new Map<string, Element>();

function parseRow(html: string): Element | null {
  const row = parseFragment(html)[0] ?? null;
  row?.classList.add("is-new");
  if (row) {
    nameYou(row);
    leadBack(row);
  }
  return row;
}

function showWaiting(): void {
  const bar = one("[data-livebar]");
  if (!bar) return;
  bar.hidden = waiting.size === 0;
  one("[data-livebar-words]", bar)!.textContent = countedText("newRequests", waiting.size);
}

function wait(row: Element): boolean {
  if (!one("[data-rows]")) return false;
  waiting.set(row.id, row);
  showWaiting();
  return true;
}

export function insertRow(message: Row): void {
  const row = parseRow(message.html);
  if (!row || (!replaceById(row) && (message.mode !== "insert" || !wait(row)))) return;
  tick();
  if (message.say) say(message.say);
}

// Pinned ones are drawn apart (emergencies.ts). A later page or another order of the list of emergencies has no place on
// top.
export function insertEmergency(message: Pick<Row, "html">): void {
  const row = parseRow(message.html);
  if (!row || replaceById(row) || one("[data-emergencies]")) return;
  const list = one("[data-takes-emergencies]");
  if (list) {
    one(".rest", list)!.after(row);
    one("[data-empty]")?.remove();
  } else {
    wait(row);
  }
  tick();
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
  one("[data-row] .q-open", rows)?.focus();
}

export function startRows(): void {
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-show-new]")) showNewRows(event);
  });
}
