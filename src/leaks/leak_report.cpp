#include "leaks/leak_report.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace leaks {

namespace {

void keep_known(std::string& answer, std::span<const std::string_view> values)
{
    if (std::find(values.begin(), values.end(), answer) == values.end())
        answer = unanswered;
}

} // namespace

base::Text answer_in_words(std::string_view value)
{
    using base::MessageId;
    constexpr std::array<std::pair<std::string_view, MessageId>, 10> answers = {{{"inside", MessageId("Inside")},
        {"outside", MessageId("Outside")}, {"both", MessageId("Inside and outside")}, {"faint", MessageId("Weak")},
        {"clear", MessageId("Medium")}, {"strong", MessageId("Strong")}, {"yes", MessageId("Yes")},
        {"no", MessageId("No")}, {"unknown", MessageId("Not sure")}, {unanswered, MessageId("Not answered")}}};
    const auto* const found =
        std::find_if(answers.begin(), answers.end(), [value](const auto& answer) { return answer.first == value; });
    return found == answers.end() ? base::Text::verbatim(std::string(value)) : base::Text(found->second);
}

base::Text language_in_words(std::string_view tag)
{
    if (tag.empty() || tag.starts_with("en"))
        return {};
    const base::Text language =
        tag == "es" ? base::Text(base::MessageId("Spanish")) : base::Text::verbatim(std::string(tag));
    return base::Text("Reported in {language}", {{"language", language}});
}

LeakReport known_answers(LeakReport answers)
{
    keep_known(answers.place, leak_places);
    keep_known(answers.strength, leak_strengths);
    keep_known(answers.unable_to_leave, leak_unable_to_leave);
    return answers;
}

void add_leak_report(db::Transaction& tx, ServiceRequestId id, const LeakReport& report, base::Time advice_shown_at)
{
    tx.apply(R"(
        INSERT INTO service_leak_report
               (service_request_id, place, strength, unable_to_leave, advice_version, advice_shown_at, sender,
                language)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8))",
        id, report.place, report.strength, report.unable_to_leave, advice_version, advice_shown_at, report.sender,
        report.language);
}

std::optional<LeakReport> find_leak_report(db::Connection& db, ServiceRequestId id)
{
    return db
        .query(
            "SELECT place, strength, unable_to_leave, language FROM service_leak_report WHERE service_request_id = $1",
            id)
        .first([](const db::Row& row) {
            return LeakReport{.place = row.string(0),
                .strength = row.string(1),
                .unable_to_leave = row.string(2),
                .language = row.string(3)};
        });
}

} // namespace leaks
