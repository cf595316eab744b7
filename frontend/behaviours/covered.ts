// Tells the style sheet how much of the screen the header and the bar of emergencies cover while a page of the desk is
// scrolled, so that what gets the focus is scrolled out from behind them (WCAG 2.4.11).

import { all, one } from "./dom";

const ROOM_PX = 12;

// A line that comes in must not cover the field that somebody types in.
function uncover(covered: number): void {
  const focused = document.activeElement;
  if (!focused?.closest("main") || focused.matches("main")) return;
  const { top, height } = focused.getBoundingClientRect();
  if (top < covered && top + height > 0 && height < window.innerHeight - covered) window.scrollBy(0, top - covered - ROOM_PX);
}

// What somebody reads or works at. On top of a page nothing is held: what comes in is to be seen.
function heldPart(): Element | null {
  const focused = document.activeElement?.closest("main *");
  if (focused && !focused.closest("[data-emergencies]")) return focused;
  if (window.scrollY === 0) return null;
  const top = one(".deskbar")?.getBoundingClientRect().bottom ?? 0;
  return all("[data-row], main section, main fieldset").find((part) => !part.closest("[data-emergencies]") && part.getBoundingClientRect().top >= top) ?? null;
}

/** Changes what is above, and leaves what somebody reads where it is on the screen. */
export function holding(change: () => void): void {
  const held = heldPart();
  const before = held?.getBoundingClientRect().top ?? 0;
  change();
  const moved = held?.isConnected ? held.getBoundingClientRect().top - before : 0;
  if (moved) window.scrollBy(0, moved);
}

export function startCovered(): void {
  const header = one(".deskbar");
  const bar = one("[data-alarms]");
  if (!header || !bar || !("ResizeObserver" in window)) return;
  let before = 0;
  const measure = (): void => {
    const { position, top } = getComputedStyle(bar);
    const covered = Math.max(header.offsetHeight, position === "sticky" ? parseFloat(top) + bar.offsetHeight : 0);
    document.documentElement.style.setProperty("--covered", `${covered}px`);
    document.documentElement.style.setProperty("--deskbar", `${header.offsetHeight}px`);
    if (before && covered > before) uncover(covered);
    before = covered;
  };
  const observer = new ResizeObserver(measure);
  observer.observe(header);
  observer.observe(bar);
  window.addEventListener("resize", measure);
}
