// Choosing an emergency brings the safety advice into sight; that it is open at all is the style sheet's work.

import { all, one } from "./dom";

function glide(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}

export function enhanceEmergencyChoice(root: ParentNode): void {
  for (const choice of all<HTMLInputElement>(".pick--danger input", root)) {
    choice.addEventListener("change", () => one(".emerg")?.scrollIntoView({ block: "start", behavior: glide() }));
  }
}
