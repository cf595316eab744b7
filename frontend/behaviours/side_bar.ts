// On a narrow screen the side bar is a strip that scrolls sideways: show the current place in it.

import { one } from "./dom";

export function startSideBar(): void {
  const here = one(".side [aria-current]");
  const bar = here?.closest<HTMLElement>(".side");
  if (here && bar && bar.scrollWidth > window.innerWidth) bar.scrollLeft = here.offsetLeft - 16;
}
