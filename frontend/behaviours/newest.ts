// A long thread opens at its newest message, unless the address, Back or a reload names another place.

import { one } from "./dom";

export function startNewest(): void {
  const link = one<HTMLAnchorElement>("a[data-newest]");
  const entry = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined;
  if (!link || location.hash || (entry && entry.type !== "navigate")) return;
  const message = document.getElementById(link.hash.slice(1));
  if (message && message.getBoundingClientRect().bottom > window.innerHeight) message.scrollIntoView();
}
