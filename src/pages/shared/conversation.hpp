#pragma once

#include "base/text.hpp"
#include "comments/comment.hpp"
#include "i18n/dates.hpp"
#include "timeline/timeline.hpp"
#include "web/context.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace pages::shared {

/// A conversation as a page shows it.
struct ConversationView
{
    timeline::Conversation entries;
    /// The same page with more of them, at the oldest that is shown now; empty when all are.
    std::string earlier_url;
};

/// The newest entries, as many as the page's web address asks for (`messages`). `page_url` is that of the page, with
/// its query.
inline ConversationView conversation_view(web::Context& ctx, const service_requests::ServiceRequest& request,
    const timeline::Reader& reader, std::string_view page_url)
{
    constexpr std::int64_t most = 20'000;
    constexpr auto page = static_cast<std::int64_t>(timeline::page_size);
    const auto asked = base::parse_integer(ctx.request().query_value("messages").value_or("")).value_or(page);
    const std::int64_t shown = std::clamp(asked, page, most);
    ConversationView view;
    view.entries =
        timeline::list_newest_items(ctx.db(), request, {ctx.dates(), reader}, static_cast<std::size_t>(shown));
    if (view.entries.is_cut() && shown < most)
        view.earlier_url = std::string(page_url) + (page_url.find('?') == std::string_view::npos ? "?" : "&") +
                           "messages=" + std::to_string(shown + page) + "#" + view.entries.items.front().element_id;
    return view;
}

/// Who of the customer's side wrote after the page was made, and when.
inline base::Text wrote_meanwhile(const i18n::Dates& dates, const comments::Comment& comment)
{
    const std::string when = dates.friendly(comment.created_at);
    if (comment.author_name.empty())
        return base::Text("A guest wrote after you opened this page ({when})", {{"when", when}});
    return base::Text(
        "{name} wrote after you opened this page ({when})", {{"name", comment.author_name}, {"when", when}});
}

} // namespace pages::shared
