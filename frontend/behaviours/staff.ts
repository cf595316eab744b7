// What the support desk loads: everything customers have, and the queue.

import { showOpenEmergencies } from "./emergencies";
import { onLive } from "./live";
import { startPage } from "./page";
import { startKeys } from "./queue_keys";
import { insertEmergency, insertRow, startRows } from "./queue_rows";
import { startSearch } from "./queue_search";
import { startTimers } from "./queue_timers";
import { startSideBar } from "./side_bar";

onLive("row", insertRow);
onLive("emergency", insertEmergency);
onLive("emergencies", showOpenEmergencies);

startPage();
startRows();
startTimers();
startKeys();
startSearch();
startSideBar();
