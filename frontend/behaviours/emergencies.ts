// The open emergencies on top of a page, newest first: how many are shown, and how many there are.

import { all, one } from "./dom";
import { countedText, text } from "./texts";

const OPEN = "[data-emergencies] tr.is-emergency";

// Ids follow time.
function idOf(row: Element): number {
  return Number(row.id.slice(1));
}

// Puts a row where the server would list it, so that a reload changes nothing; the oldest one too many leaves.
export function pin(row: Element): boolean {
  const pinned = one("[data-emergencies]");
  if (!pinned) return false;
  document.getElementById(row.id)?.remove();
  const older = all(OPEN).find((other) => idOf(other) < idOf(row));
  if (older) older.before(row);
  else pinned.append(row);
  for (const extra of all(OPEN).slice(Number(pinned.dataset.most ?? Infinity))) extra.remove();
  pinned.hidden = false;
  one("[data-emergency-section]")?.removeAttribute("hidden");
  if (pinned.matches("[data-rows]")) one("[data-empty]")?.remove();
  return true;
}

export function showOpenEmergencies(open: number): void {
  for (const number of all("[data-emergency-count]")) number.textContent = String(open);
  for (const badge of all("[data-emergency-badge]")) badge.classList.toggle("n--hot", open > 0);
  const words = one("[data-pinned-words]");
  if (!words) return;
  const shown = all(OPEN).length;
  words.textContent =
    shown < open
      ? text("newestEmergencies", { n: shown, total: open })
      : countedText("openEmergencies", open);
  one("[data-see-all]")!.hidden = shown >= open;
  one("[data-pinned-note]")?.toggleAttribute("hidden", shown < open);
}
