// Running age of open gas leaks, with the time to the next of the marks at 30, 45 and 60 minutes. The server gives
// the start; this only counts on.

import { now } from "./clock";
import { all, one } from "./dom";
import { text } from "./texts";

const MARKS_MINUTES = [30, 45, 60];
const TRACK_WIDTH = 152;

function clockText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const twoDigits = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} m`;
  return `${minutes}:${twoDigits(seconds % 60)}`;
}

function secondsSince(start = ""): number {
  return Math.max(0, (now() - Date.parse(start)) / 1000) || 0;
}

function nextMark(seconds: number): string {
  const mark = MARKS_MINUTES.find((minutes) => minutes * 60 > seconds);
  if (mark === undefined) return text("allMarksPassed");
  return text("nextMark", { mark, time: clockText(mark * 60 - seconds) });
}

export function tick(): void {
  for (const age of all("[data-age]")) age.textContent = clockText(secondsSince(age.dataset.age));
  for (const timer of all("[data-sla]")) {
    const seconds = secondsSince(timer.dataset.start);
    const width = Math.min(TRACK_WIDTH, (seconds / 3600) * TRACK_WIDTH);
    one("[data-elapsed]", timer)!.textContent = clockText(seconds);
    one("[data-next]", timer)!.textContent = nextMark(seconds);
    one("[data-fill]", timer)?.setAttribute("width", width.toFixed(1));
  }
}

export function startTimers(): void {
  tick();
  setInterval(tick, 1000);
}
