// Keeps every count of unread notifications, with its hidden words, equal to the server's, in all tabs of this browser.

import { all, one } from "./dom";
import { parseFragment } from "./fragment";
import { countedText, text } from "./texts";

type Told = { user: string; html: string };

const tabs = "BroadcastChannel" in window ? new BroadcastChannel("unread") : null;

export function showUnread(message: { unread: number }): void {
  const isMany = message.unread > 99;
  for (const badge of all("[data-unread]")) {
    badge.hidden = message.unread === 0;
    one("[data-unread-number]", badge)!.textContent = isMany ? "99+" : String(message.unread);
    one("[data-unread-words]", badge)!.textContent = isMany ? text("countUnreadMany") : countedText("countUnread", message.unread);
  }
}

function replaceBadges(html: string): void {
  for (const badge of all("[data-unread]")) badge.replaceWith(...parseFragment(html));
}

/** The badge as the server drew it after something was read here. */
export function showBadge(html: string): void {
  replaceBadges(html);
  const told: Told = { user: document.body.dataset.user ?? "", html };
  tabs?.postMessage(told);
}

export function followOtherTabs(): void {
  tabs?.addEventListener("message", ({ data }: MessageEvent<Told>) => {
    if (data.user === document.body.dataset.user) replaceBadges(data.html);
  });
}
