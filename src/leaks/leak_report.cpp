#include "leaks/leak_report.hpp"

#include <algorithm>
#include <utility>

namespace leaks {

base::Text answer_in_words(std::string_view value)
{
    using base::MessageId;
    constexpr std::array<std::pair<std::string_view, MessageId>, 9> answers = {
        {{"inside", MessageId("inside")}, {"outside", MessageId("outside")}, {"both", MessageId("both")},
            {"faint", MessageId("faint")}, {"clear", MessageId("clear")}, {"strong", MessageId("strong")},
            {"yes", MessageId("yes")}, {"no", MessageId("no")}, {"unknown", MessageId("unknown")}}};
    const auto* const found =
        std::find_if(answers.begin(), answers.end(), [value](const auto& answer) { return answer.first == value; });
    return found == answers.end() ? base::Text::verbatim(std::string(value)) : base::Text(found->second);
}

void add_leak_report(db::Transaction& tx, ServiceRequestId id, const LeakReport& report, base::Time advice_shown_at)
{
    tx.apply(R"(
        INSERT INTO service_leak_report
               (service_request_id, place, strength, unable_to_leave, advice_version, advice_shown_at)
        VALUES ($1, $2, $3, $4, $5, $6))",
        id, report.place, report.strength, report.unable_to_leave, advice_version, advice_shown_at);
}

std::optional<LeakReport> find_leak_report(db::Connection& db, ServiceRequestId id)
{
    return db
        .query("SELECT place, strength, unable_to_leave FROM service_leak_report WHERE service_request_id = $1", id)
        .first([](const db::Row& row) {
            return LeakReport{.place = row.string(0), .strength = row.string(1), .unable_to_leave = row.string(2)};
        });
}

} // namespace leaks
