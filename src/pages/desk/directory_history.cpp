#include "pages/desk/directory_history.hpp"

#include <fmt/format.h>

namespace pages::desk {

namespace {

constexpr std::size_t most_lines = 200;

std::string in_words(const events::Event& event)
{
    if (event.kind == events::Kind::RoleChanged)
        return fmt::format("changed the role from {} to {}", event.before_value, event.after_value);
    if (event.kind == events::Kind::Changed)
        return event.after_value.empty() ? "changed details" : "changed " + event.after_value;
    if (event.kind == events::Kind::PasswordReset)
        return "reset the password";
    if (event.kind == events::Kind::PasswordChanged)
        return "changed the password";
    if (event.kind == events::Kind::Locked)
        return "locked the sign-in after too many wrong passwords";
    if (event.kind == events::Kind::Unlocked)
        return "ended the lock of the sign-in";
    if (event.kind == events::Kind::SignedIn)
        return "signed in";
    if (event.kind == events::Kind::Linked)
        return "linked " + event.after_value;
    if (event.kind == events::Kind::Unlinked)
        return "unlinked " + (event.after_value.empty() ? event.before_value : event.after_value);
    if (event.kind == events::Kind::Created)
        return "created";
    if (event.kind == events::Kind::Activated)
        return "activated";
    return event.kind == events::Kind::Deactivated ? "deactivated" : "changed something";
}

} // namespace

std::vector<shared::HistoryLine> directory_history(web::Context& ctx, events::Subject subject, std::int64_t id)
{
    std::vector<shared::HistoryLine> lines;
    for (const events::Event& event : events::list_newest_events(ctx.db(), subject, id, most_lines))
        lines.push_back({.element_id = fmt::format("h{}", event.id.value),
            .when = ctx.site().zone.friendly(event.created_at, ctx.now()),
            .when_iso = base::iso_utc(event.created_at),
            .who = event.actor_name.empty() ? "The system" : event.actor_name,
            .what = in_words(event)});
    return lines;
}

std::string saved_version(const std::vector<std::string>& values)
{
    std::string words;
    for (const std::string& value : values) {
        if (!value.empty())
            words += (words.empty() ? "" : ", ") + value;
    }
    return "The saved version has: " + words + ".";
}

} // namespace pages::desk
