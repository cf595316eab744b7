// Menus made of <details> close on Escape and on a click elsewhere, and one at a time.

import { all, one } from "./dom";

const openMenus = (): HTMLDetailsElement[] => all<HTMLDetailsElement>(".menu[open]");

function closeOthers(event: Event): void {
  const opened = event.target as HTMLDetailsElement;
  if (!opened.matches?.(".menu") || !opened.open) return;
  for (const menu of openMenus()) if (menu !== opened && !menu.contains(opened)) menu.open = false;
}

function closeOnEscape(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest<HTMLDetailsElement>(".menu[open]") ?? openMenus()[0];
  if (!menu) return;
  menu.open = false;
  one("summary", menu)?.focus();
}

export function startMenus(): void {
  document.addEventListener("toggle", closeOthers, true);
  document.addEventListener("keydown", closeOnEscape);
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
}
