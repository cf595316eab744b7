// Keeps "5 minutes ago" true while the page is open.

import { now } from "./clock";
import { all } from "./dom";

const MINUTE_MS = 60_000;
const EVERY_MS = 30_000;

const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "auto" });

function ago(from: number): string {
  const minutes = Math.round((from - now()) / MINUTE_MS);
  if (Math.abs(minutes) < 60) return words.format(minutes, "minute");
  if (Math.abs(minutes) < 24 * 60) return words.format(Math.round(minutes / 60), "hour");
  return words.format(Math.round(minutes / (24 * 60)), "day");
}

export function startRelativeTimes(): void {
  setInterval(() => {
    for (const time of all<HTMLTimeElement>("time[data-rel]")) time.textContent = ago(Date.parse(time.dateTime));
  }, EVERY_MS);
}
