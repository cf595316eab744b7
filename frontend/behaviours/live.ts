// What this page shows, told to the carrier of the browser's stream, and what it is told, given to the behaviours.

import { all, one } from "./dom";
import { findCarrier } from "./live_carrier";
import { type Carrier, randomKey, type Shown, type ToPage } from "./live_messages";

type Handler = (data: never) => void;

// A customer's page that nobody looks at keeps no stream open.
const HIDDEN_PAGE_MS = 60_000;
// Longer than the carrier waits for the server.
const LONGEST_SILENCE_MS = 60_000;

const handlers = new Map<string, Handler>();
let carrier: Carrier | null = null;
let shown: Shown = { topics: "", after: "" };
// Anew each time something else is shown: what is still on its way for the old one is not heard.
let key = "";
let timer = 0;
let silence = 0;

export function onLive<Data>(event: string, handle: (data: Data) => void): void {
  handlers.set(event, handle as Handler);
}

function showState(state: "on" | "off" | "none"): void {
  for (const mark of all("[data-live-state]")) {
    mark.hidden = state === "none";
    mark.dataset.state = state;
    one("[data-live-on]", mark)!.hidden = state !== "on";
    one("[data-live-off]", mark)!.hidden = state === "on";
  }
  handlers.get("state")?.({ state } as never);
}

function hear(message: ToPage): void {
  if (message.page !== key) return;
  expectWord();
  if (message.after) document.body.dataset.liveAfter = shown.after = message.after;
  if (message.state === "ended") {
    leave();
    carrier = null;
    showState("none");
    handlers.get("signed-out")?.({} as never);
  } else if (message.state) {
    showState(message.state);
  }
  for (const { name, data } of message.messages ?? []) handlers.get(name)?.(data as never);
}

// The carrier passes on that the server is there. One that says nothing, a worker that has died, looks like a quiet one.
function expectWord(): void {
  clearTimeout(silence);
  silence = window.setTimeout(() => {
    showState("off");
    if (key) carrier?.say({ page: key, shown });
  }, LONGEST_SILENCE_MS);
}

function join(): void {
  clearTimeout(timer);
  if (key || !carrier) return;
  expectWord();
  key = randomKey();
  carrier.say({ page: key, shown });
}

function leave(): void {
  clearTimeout(timer);
  clearTimeout(silence);
  if (!key) return;
  carrier?.say({ page: key, shown: null });
  key = "";
  showState("off");
}

// After a search the page shows another list.
export function showInstead(body: HTMLElement): void {
  if (!carrier || body.dataset.live === undefined) return;
  leave();
  shown = { topics: body.dataset.live, after: body.dataset.liveAfter ?? "" };
  join();
}

export function startLive(): void {
  const { live, liveAfter, liveWorker, user, liveKeep } = document.body.dataset;
  if (live === undefined || !("EventSource" in window)) return;
  shown = { topics: live, after: liveAfter ?? "" };
  handlers.get("state")?.({ state: "off" } as never);
  carrier = findCarrier(liveWorker ?? "", user ?? "", hear);
  join();
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", join);
  // The connection may take a while to notice.
  window.addEventListener("offline", () => showState("off"));
  window.addEventListener("online", () => {
    leave();
    join();
  });
  if (liveKeep !== undefined) return;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) timer = window.setTimeout(leave, HIDDEN_PAGE_MS);
    else join();
  });
}
