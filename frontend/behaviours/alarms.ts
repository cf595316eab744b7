// Open emergencies ring under the header of every page of the desk until somebody at this device opens or dismisses
// them. The page brings those that are open; the stream brings new ones and takes away those that are resolved.

import { all, one } from "./dom";
import { parseFragment } from "./fragment";
import { replaceById } from "./patch";
import { deviceStorage } from "./storage";

type Alarm = { id: string; html: string };

const KEY = `alarms:${document.body.dataset.user ?? ""}`;
const MOST_KEPT = 500;
const MARK = "(!) ";

// Kept here too: where the browser keeps nothing, it holds for this page.
let answered: string[] = [];

function readAnswered(): void {
  answered = deviceStorage?.getItem(KEY)?.split(" ") ?? answered;
}

function showAlarms(): void {
  for (const alarm of all("[data-alarm]")) alarm.hidden = answered.includes(alarm.dataset.alarm ?? "");
  const isRinging = all("[data-alarm]:not([hidden])").length > 0;
  const title = document.title.startsWith(MARK) ? document.title.slice(MARK.length) : document.title;
  document.title = isRinging ? MARK + title : title;
}

function answer(alarm: HTMLElement): void {
  readAnswered();
  answered = [...answered.filter((name) => name !== alarm.dataset.alarm), alarm.dataset.alarm ?? ""].slice(-MOST_KEPT);
  deviceStorage?.setItem(KEY, answered.join(" "));
  showAlarms();
}

export function ring({ html }: Alarm): void {
  const alarm = parseFragment(html)[0];
  if (!alarm) return;
  if (!replaceById(alarm)) one("[data-alarms]")?.prepend(alarm);
  showAlarms();
}

export function endAlarm({ id }: { id: string }): void {
  document.getElementById(`alarm${id}`)?.remove();
  showAlarms();
}

export function startAlarms(): void {
  readAnswered();
  for (const alarm of all("[data-alarm]")) {
    if (one<HTMLAnchorElement>("[data-alarm-open]", alarm)?.pathname === location.pathname) answer(alarm);
  }
  showAlarms();
  document.addEventListener("click", (event) => {
    const pressed = (event.target as Element).closest("[data-alarm-open], [data-alarm-dismiss]");
    const alarm = pressed?.closest<HTMLElement>("[data-alarm]");
    if (alarm) answer(alarm);
  });
  window.addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    readAnswered();
    showAlarms();
  });
}
