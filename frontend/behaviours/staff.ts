// What the support desk loads: everything customers have, and the queue.

import { showBoard, startAlarms } from "./alarms";
import { startAlerts } from "./alerts";
import { startCallers } from "./callers";
import { startCopying } from "./copy";
import { holding, startCovered } from "./covered";
import { type Counts, showCounts } from "./counts";
import { showPinned } from "./emergencies";
import { refreshFigures } from "./figures";
import { onLive } from "./live";
import { startNewest } from "./newest";
import { showConnection } from "./not_live";
import { startPage } from "./page";
import { closeQuestion } from "./question";
import { startKeys } from "./queue_keys";
import { startPlace } from "./queue_place";
import { insertEmergency, insertRow, startRows } from "./queue_rows";
import { startSearch } from "./queue_search";
import { startTimers } from "./queue_timers";
import { startSideBar } from "./side_bar";
import { startTaking } from "./take";
import { say } from "./toast";

onLive("row", insertRow);
onLive("emergency", insertEmergency);
onLive("pinned", (message: { html: string }) => holding(() => showPinned(message)));
onLive("alarms", (message: { html: string }) => holding(() => showBoard(message)));
onLive("state", showConnection);
onLive("counts", (counts: Counts) => {
  showCounts(counts);
  refreshFigures();
});
onLive("question", closeQuestion);
onLive("said", ({ words }: { words: string }) => say(words));

startAlerts();
startCovered();
startAlarms();
startPage();
startTaking();
startRows();
startTimers();
startKeys();
startPlace();
startNewest();
startSearch();
startSideBar();
startCopying();
startCallers();
