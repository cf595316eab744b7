// What /emergency/ loads when it may: what is typed stays in this tab, a report that cannot be sent says so and whom to call,
// and goes as soon as the line is back. The page works without it, and stays under 15 KiB with it.

import { startBusyGuard } from "./busy";
import { enhanceKeptForms, startDrafts } from "./drafts";
import { restoreOneVisit } from "./earlier_visit";
import { startLeakWords } from "./leak_words";
import { startNotSent } from "./not_sent";
import { enhanceSending } from "./sending";

function enhance(root: ParentNode): void {
  enhanceKeptForms(root);
  enhanceSending(root, enhance);
}

startBusyGuard();
startDrafts();
restoreOneVisit();
startLeakWords();
enhance(document);
startNotSent();
