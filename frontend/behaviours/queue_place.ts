// The way back to a list: rows that arrive live lead back to it too, and who comes back from a request finds the same
// scroll position and the cursor on the same row. Kept for this tab.

import { all, one } from "./dom";
import { moveCursorTo } from "./queue_keys";
import { tabStorage } from "./storage";

type Place = { top: number; row: string; index: number };

const MOST_KEPT = 40;
const KEY = "list-places";

const nameOf = (): string => location.pathname + location.search;
const rows = (): HTMLElement[] => all("[data-row]");

function read(): [string, Place][] {
  try {
    return JSON.parse(tabStorage?.getItem(KEY) ?? "[]") as [string, Place][];
  } catch {
    return [];
  }
}

function keep(): void {
  if (!one("[data-queue]")) return;
  const index = rows().findIndex((row) => row.matches(".is-cursor"));
  const place = { top: window.scrollY, row: rows()[index]?.id ?? "", index };
  const others = read().filter(([name]) => name !== nameOf());
  tabStorage?.setItem(KEY, JSON.stringify([...others, [nameOf(), place]].slice(-MOST_KEPT)));
}

// A row that is gone, resolved say, has left its place to the next one.
function restore(place: Place | undefined, target: string): void {
  const named = rows().findIndex((row) => row.id === target);
  const kept = rows().findIndex((row) => row.id === place?.row);
  const index = named >= 0 ? named : kept >= 0 ? kept : (place?.index ?? -1);
  if (index >= 0) moveCursorTo(index);
  if (place) window.scrollTo(0, place.top);
  if (index >= 0) rows()[Math.min(index, rows().length - 1)]?.scrollIntoView({ block: "nearest" });
}

// A time in a row lies above the row's link, for its title.
function open(event: MouseEvent): void {
  const target = event.target as Element;
  const row = target.closest<HTMLElement>("[data-row]");
  if (!row || target.closest("a:not([data-opens]), button")) return;
  moveCursorTo(rows().indexOf(row));
  const link = one<HTMLAnchorElement>(".q-open", row);
  if (!link || target.closest("a")) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey) window.open(link.href, "_blank", "noopener");
  else link.click();
}

function isComingBack(): boolean {
  const entry = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined;
  return location.hash.startsWith("#r") || entry?.type === "back_forward";
}

/** Rows drawn for everybody know no list. */
export function leadBack(piece: Element): void {
  const list = one("[data-queue]")?.dataset.list;
  if (!list) return;
  // Not link.search: a piece that is not on the page yet has no address to resolve its links by.
  for (const link of all("a[data-opens]", piece)) {
    link.setAttribute("href", (link.getAttribute("href") ?? "").replace(/\?.*|$/, list));
  }
}

export function startPlace(): void {
  if (!one("[data-queue]")) return;
  window.addEventListener("pagehide", keep);
  // The row that is opened is where the cursor is, however it was opened.
  document.addEventListener("click", open);
  if (!isComingBack()) return;
  restore(read().find(([name]) => name === nameOf())?.[1], location.hash.slice(1));
  // A reload or a link to the same list later begins at its top.
  if (location.hash) history.replaceState(null, "", nameOf());
}
