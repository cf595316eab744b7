// Keeps every count of unread notifications, with its hidden words, equal to the server's.

import { all, one } from "./dom";
import { countedText, text } from "./texts";

export function showUnread(message: { unread: number }): void {
  const isMany = message.unread > 99;
  for (const badge of all("[data-unread]")) {
    badge.hidden = message.unread === 0;
    one("[data-unread-number]", badge)!.textContent = isMany ? "99+" : String(message.unread);
    one("[data-unread-words]", badge)!.textContent = isMany ? text("countUnreadMany") : countedText("countUnread", message.unread);
  }
}
