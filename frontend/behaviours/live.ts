// The server's event stream (Server-Sent Events). The browser reconnects by itself and names the last event it
// saw; the server replays what was missed.

import { all, one } from "./dom";

type Handler = (data: never) => void;

// Over HTTP/1.1 a browser has six connections for one site: a page nobody looks at gives its own back.
const HIDDEN_PAGE_MS = 60_000;
const FIRST_RETRY_MS = 3_000;
const LONGEST_RETRY_MS = 60_000;

const handlers = new Map<string, Handler>();
let stream: EventSource | null = null;
let lastEventId = "";
let retryMs = FIRST_RETRY_MS;
let timer = 0;
let ended = false;

export function onLive<Data>(event: string, handle: (data: Data) => void): void {
  handlers.set(event, handle as Handler);
}

function showState(isOn: boolean): void {
  for (const mark of all("[data-live-state]")) {
    mark.hidden = false;
    mark.dataset.state = isOn ? "on" : "off";
    one("[data-live-on]", mark)!.hidden = !isOn;
    one("[data-live-off]", mark)!.hidden = isOn;
  }
}

function address(): string {
  const url = new URL(document.body.dataset.live ?? "", location.href);
  if (lastEventId) url.searchParams.set("last", lastEventId);
  return url.href;
}

function failed(): void {
  showState(false);
  // After an answer other than 200 (a restart, say) the browser gives up; we do not.
  if (stream?.readyState !== EventSource.CLOSED) return;
  clearTimeout(timer);
  timer = window.setTimeout(open, retryMs * (0.5 + Math.random()));
  retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
}

function open(): void {
  clearTimeout(timer);
  if (ended || (stream && stream.readyState !== EventSource.CLOSED)) return;
  stream = new EventSource(address());
  stream.addEventListener("open", () => {
    retryMs = FIRST_RETRY_MS;
    showState(true);
  });
  stream.addEventListener("error", failed);
  for (const [event, handle] of handlers) {
    stream.addEventListener(event, (message) => {
      lastEventId = message.lastEventId || lastEventId;
      handle(JSON.parse(message.data || "{}") as never);
    });
  }
}

function close(): void {
  clearTimeout(timer);
  stream?.close();
}

export function endLive(): void {
  ended = true;
  close();
  showState(false);
}

// After a search the page shows another list, whose stream has another address.
export function reopenLive(url: string): void {
  if (url === document.body.dataset.live) return;
  document.body.dataset.live = url;
  lastEventId = "";
  close();
  open();
}

export function startLive(): void {
  if (!document.body.dataset.live || !window.EventSource) return;
  open();
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  if ("liveKeep" in document.body.dataset) return;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) timer = window.setTimeout(close, HIDDEN_PAGE_MS);
    else open();
  });
}
