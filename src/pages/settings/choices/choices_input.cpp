#include "pages/settings/choices/choices_input.hpp"

#include "base/text.hpp"
#include "base/zones/time_zones.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pages::settings {

namespace {

using notifications::Choice;
using notifications::Occasion;
using notifications::Pace;
using notifications::QuietTime;
using notifications::TimeOfDay;

std::string box_name(std::string_view place, Occasion occasion)
{
    return fmt::format("{}_{}", place, notifications::occasion_name(occasion));
}

std::string shown_time(TimeOfDay time)
{
    return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

/// "22:30" or, where the browser has no field for a time, "9:30".
std::optional<TimeOfDay> parse_time(std::string_view text)
{
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > 2 || text.size() != colon + 3)
        return std::nullopt;
    const auto hours = base::parse_integer(text.substr(0, colon));
    const auto minutes = base::parse_integer(text.substr(colon + 1));
    if (!hours || !minutes || *hours < 0 || *hours > 23 || *minutes < 0 || *minutes > 59)
        return std::nullopt;
    return std::chrono::hours(*hours) + TimeOfDay(*minutes);
}

std::optional<TimeOfDay> read_time(TypedChoices& typed, std::string_view field, const std::string& text)
{
    const auto time = parse_time(text);
    if (!time)
        typed.errors.add(std::string(field), base::Text("Write the time with hours and minutes, such as 22:30."));
    return time;
}

std::optional<QuietTime> read_quiet(TypedChoices& typed)
{
    if (typed.quiet_from.empty() && typed.quiet_until.empty())
        return std::nullopt;
    if (typed.quiet_from.empty() || typed.quiet_until.empty()) {
        typed.errors.add(typed.quiet_from.empty() ? "quiet_from" : "quiet_until",
            base::Text("Fill in both times, or leave both empty."));
        return std::nullopt;
    }
    const auto from = read_time(typed, "quiet_from", typed.quiet_from);
    const auto until = read_time(typed, "quiet_until", typed.quiet_until);
    if (!from || !until)
        return std::nullopt;
    if (from == until)
        typed.errors.add("quiet_until", base::Text("The quiet time ends when it begins. Choose two different times."));
    return QuietTime{.from = *from, .until = *until};
}

void add_box(std::vector<ChoiceBox>& boxes, std::string_view place, Occasion occasion, const std::optional<bool>& is_on)
{
    if (is_on)
        boxes.push_back({.name = box_name(place, occasion), .words = words_of(occasion), .is_on = *is_on});
}

void add_boxes(TypedChoices& typed, const std::vector<Choice>& occasions)
{
    for (const Choice& choice : occasions) {
        add_box(typed.site, "site", choice.occasion, choice.site);
        add_box(typed.mail, "mail", choice.occasion, choice.mail);
    }
}

std::vector<Choice> read_occasions(const web::Fields& form, std::span<const Choice> usual)
{
    std::vector<Choice> occasions(usual.begin(), usual.end());
    const auto read = [&](std::optional<bool>& is_on, const std::string& name) {
        if (is_on)
            is_on = !web::field_of(form, name).empty();
    };
    for (Choice& choice : occasions) {
        read(choice.site, box_name("site", choice.occasion));
        read(choice.mail, box_name("mail", choice.occasion));
    }
    return occasions;
}

} // namespace

base::Text words_of(Occasion occasion)
{
    switch (occasion) {
    case Occasion::Received:
        return base::Text("We received your request");
    case Occasion::Replied:
        return base::Text("We answer you");
    case Occasion::Status:
        return base::Text("Your request is resolved or open again");
    case Occasion::Commented:
        return base::Text("A customer writes on a request that you work on");
    case Occasion::TakenOver:
        return base::Text("A colleague takes over or resolves a gas leak that you have");
    }
    return {};
}

ChoicesInput read_choices(const web::Fields& form, std::span<const Choice> usual)
{
    const auto line = [&](std::string_view field) { return base::clean_line(web::field_of(form, field)); };
    ChoicesInput input;
    TypedChoices& typed = input.typed;
    notifications::Plan& plan = input.choices.plan;
    input.choices.occasions = read_occasions(form, usual);
    add_boxes(typed, input.choices.occasions);
    typed.pace = line("pace");
    typed.digest_at = line("digest_at");
    typed.quiet_from = line("quiet_from");
    typed.quiet_until = line("quiet_until");
    typed.time_zone = line("time_zone");
    typed.version = base::parse_integer(web::field_of(form, "version")).value_or(0);
    plan.version = typed.version;
    const auto pace = notifications::parse_pace(typed.pace);
    if (!pace)
        typed.errors.add("pace", base::Text("Choose when email comes."));
    plan.pace = pace.value_or(Pace::AtOnce);
    if (plan.pace == Pace::Daily || !typed.digest_at.empty())
        plan.digest_at = read_time(typed, "digest_at", typed.digest_at).value_or(plan.digest_at);
    plan.quiet = read_quiet(typed);
    plan.time_zone = typed.time_zone;
    if (!typed.time_zone.empty() && !base::is_zone(typed.time_zone))
        typed.errors.add("time_zone", base::Text("Choose a time zone from the list."));
    typed.errors.lead_to("pace", "pace-at_once");
    return input;
}

TypedChoices typed_of(const notifications::Choices& saved)
{
    const notifications::Plan& plan = saved.plan;
    TypedChoices typed{.site = {},
        .mail = {},
        .pace = std::string(notifications::pace_name(plan.pace)),
        .digest_at = shown_time(plan.digest_at),
        .quiet_from = plan.quiet ? shown_time(plan.quiet->from) : "",
        .quiet_until = plan.quiet ? shown_time(plan.quiet->until) : "",
        .time_zone = plan.time_zone,
        .version = plan.version,
        .errors = {}};
    add_boxes(typed, saved.occasions);
    return typed;
}

} // namespace pages::settings
