// Tells the style sheet how much of the screen the header and the bar of emergencies cover while a page of the desk is
// scrolled, so that what gets the focus is scrolled out from behind them (WCAG 2.4.11).

import { one } from "./dom";

const ROOM_PX = 12;

// A line that comes in must not cover the field that somebody types in.
function uncover(covered: number): void {
  const focused = document.activeElement;
  if (!focused?.closest("main") || focused.matches("main")) return;
  const { top, height } = focused.getBoundingClientRect();
  if (top < covered && top + height > 0 && height < window.innerHeight - covered) window.scrollBy(0, top - covered - ROOM_PX);
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
