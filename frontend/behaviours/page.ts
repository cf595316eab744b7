// Starts what every page has. Each behaviour begins with markup that already works as a plain link or form, so a
// failure here costs comfort and nothing else.

import { startBusyGuard } from "./busy";
import { one } from "./dom";
import { startDrafts } from "./drafts";
import { enhance } from "./enhance";
import { guardAgainstStrayDrops } from "./file_hooks";
import { startHiddenTitle, tellInTitle } from "./hidden_title";
import { onLive, startLive } from "./live";
import { startMenus } from "./menus";
import { refreshNews } from "./news";
import { startNotSent } from "./not_sent";
import { reloadOrAsk } from "./notice";
import { patch } from "./patch";
import { startReading } from "./read";
import { startRelativeTimes } from "./relative_time";
import { startShownAgain } from "./shown_again";
import { showSignedOut, startSignedOut } from "./signed_out";
import { focusAfterStartOver } from "./start_over";
import { startTheme } from "./theme";
import { followOtherTabs, showUnread } from "./unread";
import { startUnsure } from "./unsure";

// Without the bundle a photo's link opens the photo.
function loadViewer(): void {
  const address = one("[data-viewer]")?.dataset.viewer;
  if (address) void import(address);
}

export function startPage(): void {
  one("[data-focus]")?.focus();
  focusAfterStartOver();
  startDrafts();
  startUnsure();
  enhance(document);
  startSignedOut();
  startShownAgain();
  startBusyGuard();
  startMenus();
  startTheme();
  startRelativeTimes();
  guardAgainstStrayDrops();
  startNotSent();
  loadViewer();
  startHiddenTitle();

  onLive("patch", patch);
  onLive("count", (message: { unread: number }) => {
    showUnread(message);
    tellInTitle(message.unread);
    void refreshNews();
  });
  onLive("reload", reloadOrAsk);
  onLive("signed-out", showSignedOut);
  startLive();
  followOtherTabs();
  startReading();
}
