// Keeps every count of unread notifications, with its hidden words, equal to the server's.

import { all, one } from "./dom";
import { countedText } from "./texts";

export function showUnread(message: { unread: number }): void {
  for (const badge of all("[data-unread]")) {
    badge.hidden = message.unread === 0;
    one("[data-unread-number]", badge)!.textContent = message.unread > 99 ? "99+" : String(message.unread);
    one("[data-unread-words]", badge)!.textContent = countedText("countUnread", message.unread);
  }
}
