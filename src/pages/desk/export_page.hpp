#pragma once

#include "web/context.hpp"

namespace pages::desk {

/// GET /admin/requests/export.csv with the queue's filter: streamed with constant memory, in the queue's order. RFC
/// 4180, UTF-8 with a byte order mark, times in ISO 8601 with the site's offset. Cells that a spreadsheet would run get
/// an apostrophe. With format=xlsx an Excel file. A filter that cannot be read is refused. The export itself is an
/// event. `site` must outlive the stream, which continues after the handler has returned.
http::Response export_csv(web::Context& ctx, web::Site& site);

} // namespace pages::desk
