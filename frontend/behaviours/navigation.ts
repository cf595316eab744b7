// How the page was reached.

import { one } from "./dom";

export function navigation(): string | undefined {
  return (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined)?.type;
}

/** The page is one that a form came back to. */
export function wasRefused(form?: HTMLFormElement): boolean {
  return (
    (navigation() === "back_forward" && form?.autocomplete !== "off") || location.pathname === "/accounts/login/" || one("[data-refused]") !== null
  );
}
