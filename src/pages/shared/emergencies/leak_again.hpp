#pragma once
// The same leak report sent twice, mostly by Back and Send: the first one's receipt answers it, with a way to send it
// again. A leak is never refused, and never a second emergency without a word.

#include "leaks/leak_report.hpp"
#include "pages/shared/views.hpp"
#include "service_requests/service_request.hpp"
#include "web/context.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pages::shared {

/// How long the same report counts as sent twice.
inline constexpr std::chrono::minutes sent_lately{30};
/// What the address of a receipt carries after a report that was sent twice.
inline constexpr std::string_view again_query = "?again=1";

/// A leak report as it would be written.
struct SentLeak
{
    std::string_view address;
    std::string_view name;
    std::string_view phone;
    std::string_view description;
    const leaks::LeakReport& answers;
};
/// True when `first` says the same, is open and was sent lately: nobody needs to hear it twice.
bool is_same_leak(
    db::Connection& db, const service_requests::ServiceRequest& first, const SentLeak& sent, base::Time now);

/// templates/shared/leak_again.html: the first report's receipt says that it is the first one's.
struct LeakAgain
{
    std::string reference;
    std::string when;
    /// The first one has files, which are not sent again.
    bool has_files = false;
    /// Sends the same report again: the form's path and fields.
    std::string action;
    std::vector<std::pair<std::string, std::string>> fields;
};
/// Of the receipt of `request`, with the fields that both forms of a leak have; nothing unless its address says that
/// the report was sent twice. The caller adds its form's path and own fields.
std::optional<LeakAgain> leak_again(
    web::Context& ctx, const service_requests::ServiceRequest& request, const leaks::LeakReport& answers);

} // namespace pages::shared
