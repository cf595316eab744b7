#pragma once

#include "base/ids.hpp"
#include "base/time.hpp"
#include "base/translatable.hpp"
#include "db/connection.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace leaks {

/// The safety advice that leak forms show; stored with each report, so that it stays known what the reporter had read.
inline constexpr std::string_view advice_version = "US-generic-4";

/// The values of a leak report's questions; "unknown" is the answer "not sure".
inline constexpr std::array<std::string_view, 4> leak_places = {"inside", "outside", "both", "unknown"};
inline constexpr std::array<std::string_view, 4> leak_strengths = {"faint", "clear", "strong", "unknown"};
inline constexpr std::array<std::string_view, 3> leak_unable_to_leave = {"yes", "no", "unknown"};
/// A question that was left open. Reports from before US-generic-4 have "unknown" for this too.
inline constexpr std::string_view unanswered = "unanswered";

/// A value of these in words.
base::Text answer_in_words(std::string_view value);

/// What the crew asks about a gas leak.
struct LeakReport
{
    std::string place{unanswered};
    std::string strength{unanswered};
    std::string unable_to_leave{unanswered};
    /// Who reported it (http::subscriber_of); empty for a caller's. For the desk only; not read back with the answers.
    std::string sender = {};
    /// The tag of the language of the page on which it was reported ("es"); empty for English and when not known.
    std::string language = {};
};

/// "Reported in Spanish", for the desk; empty for English and when the language is not known.
base::Text language_in_words(std::string_view tag);

/// Replace each answer that is none of the values by "unanswered". No answer ever refuses a leak report.
LeakReport known_answers(LeakReport answers);
/// Adds the answers to a service request, with the version of the advice shown.
void add_leak_report(db::Transaction& tx, ServiceRequestId id, const LeakReport& report, base::Time advice_shown_at);
/// Nothing when it is no leak report.
std::optional<LeakReport> find_leak_report(db::Connection& db, ServiceRequestId id);

} // namespace leaks
