// The open emergencies on top of a page, as the server draws them, and their number beside the menu.

import { all, one } from "./dom";
import { parseFragment } from "./fragment";
import { nameYou, replaceKeepingFocus } from "./patch";
import { leadBack } from "./queue_place";
import { tick } from "./queue_timers";

export function showPinned({ html }: { html: string }): void {
  const pinned = one("[data-emergencies]");
  if (!pinned) return;
  const before = new Set(all("[data-row]", pinned).map((row) => row.id));
  const pieces = parseFragment(html);
  pieces.forEach(nameYou);
  pieces.forEach(leadBack);
  for (const piece of pieces) if (piece.id && !before.has(piece.id)) piece.classList.add("is-new");
  // One that was an ordinary row until now.
  for (const piece of pieces) {
    const old = piece.id ? document.getElementById(piece.id) : null;
    if (old && !pinned.contains(old)) old.remove();
  }
  const gone = all("tr.is-emergency", pinned).filter((row) => !pieces.some((piece) => piece.id === row.id));
  replaceKeepingFocus(pinned, pieces);
  // It still waits, and newer ones took its place on top.
  one("[data-keeps-emergencies] .rest")?.after(...gone);
  pinned.hidden = pieces.length === 0;
  one("[data-emergency-section]")?.toggleAttribute("hidden", pieces.length === 0);
  tick();
}

export function showOpenEmergencies(open: number): void {
  for (const number of all("[data-emergency-count]")) number.textContent = String(open);
  for (const badge of all("[data-emergency-badge]")) badge.classList.toggle("n--hot", open > 0);
}
