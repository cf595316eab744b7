// The bar of emergencies that nobody has taken, under the header of every page of the desk. The server draws it; what is
// new on this device rings once, and the title and the icon flash until somebody here has looked.

import { notify, sound } from "./alerts";
import { all, one } from "./dom";
import { parseFragment } from "./fragment";
import { nameYou, replaceKeepingFocus } from "./patch";
import { tick } from "./queue_timers";
import { deviceStorage } from "./storage";
import { text } from "./texts";

const MOST_KEPT = 500;
const FLASH_MS = 1_000;
const SOUND_AGAIN_MS = 15_000;
// A key pressed in the same moment belongs to what was being typed.
const LOOK_MS = 2_000;
// A press sooner than this was meant for the line that stood there before.
const SETTLE_MS = 1_000;
const MARK = "(!) ";

/** Names of alarms, for all tabs of this device; without storage, for this page. */
class Names {
  private kept: string[] = [];
  constructor(readonly key: string) {}

  all(): string[] {
    return deviceStorage?.getItem(this.key)?.split(" ") ?? this.kept;
  }
  lacks(name: string): boolean {
    return !this.all().includes(name);
  }
  add(names: string[]): void {
    this.kept = [...this.all().filter((name) => !names.includes(name)), ...names].slice(-MOST_KEPT);
    deviceStorage?.setItem(this.key, this.kept.join(" "));
  }
}

const user = document.body.dataset.user ?? "";
const seen = new Names(`alarms-seen:${user}`);
const rung = new Names(`alarms-rung:${user}`);
let shownAt = 0;
let movedAt = -SETTLE_MS;
let flashing = 0;
let sounding = 0;
let isOdd = false;
let ownTitle = "";
let baseTitle = "";

const alarms = (): HTMLElement[] => all("[data-alarm]");
const nameOf = (alarm: HTMLElement): string => alarm.dataset.alarm ?? "";
const unseen = (): HTMLElement[] => alarms().filter((alarm) => seen.lacks(nameOf(alarm)));

function showTitle(): void {
  if (document.title !== ownTitle) baseTitle = document.title;
  const isNew = unseen().length > 0;
  const words = isNew && !isOdd ? `${text("newEmergency")} · ` : "";
  ownTitle = alarms().length > 0 ? MARK + words + baseTitle : baseTitle;
  document.title = ownTitle;
}

function showIcon(): void {
  const link = one<HTMLLinkElement>('link[rel="icon"]');
  const alarm = one("[data-alarms]")?.dataset.icon;
  if (!link || !alarm) return;
  link.dataset.calm ??= link.getAttribute("href") ?? "";
  const isRed = alarms().length > 0 && !(unseen().length > 0 && isOdd);
  link.setAttribute("href", isRed ? alarm : link.dataset.calm);
}

function show(): void {
  showTitle();
  showIcon();
}

function flash(): void {
  const isNew = unseen().length > 0;
  clearInterval(flashing);
  clearInterval(sounding);
  isOdd = false;
  show();
  if (!isNew) return;
  sounding = window.setInterval(sound, SOUND_AGAIN_MS);
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  flashing = window.setInterval(() => {
    isOdd = !isOdd;
    show();
  }, FLASH_MS);
}

function ringNew(): void {
  const fresh = alarms().filter((alarm) => rung.lacks(nameOf(alarm)));
  const first = fresh[0];
  if (!first) return;
  rung.add(fresh.map(nameOf));
  shownAt = performance.now();
  const words = one("[data-alarm-what]", first)?.textContent?.trim() ?? "";
  one("[data-alarm-said]")!.textContent = `${text("newEmergency")}: ${words}`;
  sound();
  notify({
    title: words,
    body: one("[data-alarm-more]", first)?.innerText.replace(/\s+/g, " ") ?? "",
    tag: nameOf(first),
    path: one<HTMLAnchorElement>("[data-alarm-open]", first)?.pathname ?? "/admin/",
  });
}

function look(): void {
  if (document.hidden || performance.now() - shownAt < LOOK_MS) return;
  const names = unseen().map(nameOf);
  if (names.length === 0) return;
  seen.add(names);
  flash();
}

/** False when the event happened before or just after lines of the bar came, went or moved. */
export function wereLinesSettled(event: Event): boolean {
  return event.timeStamp - movedAt > SETTLE_MS;
}

export function showBoard({ html }: { html: string }): void {
  showLines(parseFragment(html));
}

export function showLines(pieces: Element[]): void {
  const lines = one("[data-alarm-lines]");
  if (!lines) return;
  pieces.forEach(nameYou);
  const before = alarms().map(nameOf).join(" ");
  replaceKeepingFocus(lines, pieces);
  if (alarms().map(nameOf).join(" ") !== before) movedAt = performance.now();
  tick();
  ringNew();
  flash();
}

export function startAlarms(): void {
  nameYou(document.body);
  ringNew();
  flash();
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, look, { capture: true });
  window.addEventListener("storage", (event) => {
    if (event.key === seen.key) flash();
  });
}
