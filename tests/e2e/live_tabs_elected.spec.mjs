// The same where the browser has no shared workers.

import { tellOfTabs } from "./support/tabs.mjs";

tellOfTabs({ withoutWorkers: true });
