// What the support desk loads: everything customers have, and the queue.

import { endAlarm, ring, startAlarms } from "./alarms";
import { showCounts } from "./counts";
import { onLive } from "./live";
import { startPage } from "./page";
import { startKeys } from "./queue_keys";
import { insertEmergency, insertRow, startRows } from "./queue_rows";
import { startSearch } from "./queue_search";
import { startTimers } from "./queue_timers";
import { startSideBar } from "./side_bar";

onLive("row", insertRow);
onLive("emergency", insertEmergency);
onLive("alarm", ring);
onLive("alarm-over", endAlarm);
onLive("counts", showCounts);

startAlarms();
startPage();
startRows();
startTimers();
startKeys();
startSearch();
startSideBar();
