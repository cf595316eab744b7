// Fifteen tabs of one browser on one stream of the shared worker. A browser has six connections for a site over
// HTTP/1.1: with a stream a tab the seventh would never load.

import { tellOfTabs } from "./support/tabs.mjs";

tellOfTabs();
