// Says under the header that a page of the desk hears of no new emergency, and since when.

import { now } from "./clock";
import { one } from "./dom";

// A stream that is opened anew is not worth a word.
const PATIENCE_MS = 5_000;

let since = 0;
let timer = 0;

export function showConnection({ state }: { state: string }): void {
  const bar = one("[data-not-live]");
  if (!bar) return;
  if (state !== "off") {
    clearTimeout(timer);
    since = 0;
    bar.hidden = true;
    return;
  }
  if (since) return;
  since = now();
  timer = window.setTimeout(() => {
    const time = new Date(since).toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit", hour12: true });
    one("[data-not-live-since]", bar)!.textContent = time;
    bar.hidden = false;
  }, PATIENCE_MS);
}
