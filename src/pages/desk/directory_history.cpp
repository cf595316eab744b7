#include "pages/desk/directory_history.hpp"

#include <fmt/format.h>

namespace pages::desk {

namespace {

constexpr std::size_t most_lines = 200;

base::Text role_in_words(const std::string& name)
{
    const auto role = base::parse_role(name);
    return role ? to_text(*role) : base::Text::verbatim(name);
}

base::Text in_words(const events::Event& event)
{
    using base::Text;
    switch (event.kind) {
    case events::Kind::RoleChanged:
        return Text("changed the role from {before} to {after}",
            {{"before", role_in_words(event.before_value)}, {"after", role_in_words(event.after_value)}});
    case events::Kind::Changed:
        return event.after_value.empty() ? Text("changed details")
                                         : Text("changed {fields}", {{"fields", event.after_value}});
    case events::Kind::PasswordReset:
        return Text("reset the password");
    case events::Kind::PasswordChanged:
        return Text("changed the password");
    case events::Kind::Locked:
        return Text("locked the sign-in after too many wrong passwords");
    case events::Kind::Unlocked:
        return Text("ended the lock of the sign-in");
    case events::Kind::SignedIn:
        return Text("signed in");
    case events::Kind::Linked:
        return Text("linked {whom}", {{"whom", event.after_value}});
    case events::Kind::Unlinked:
        return Text("unlinked {whom}", {{"whom", event.after_value.empty() ? event.before_value : event.after_value}});
    case events::Kind::Created:
        return Text("created");
    case events::Kind::Activated:
        return Text("activated");
    case events::Kind::Deactivated:
        return Text("deactivated");
    default:
        return Text("changed something");
    }
}

} // namespace

std::vector<shared::HistoryLine> directory_history(web::Context& ctx, events::Subject subject, std::int64_t id)
{
    std::vector<shared::HistoryLine> lines;
    for (const events::Event& event : events::list_newest_events(ctx.db(), subject, id, most_lines))
        lines.push_back({.element_id = fmt::format("h{}", event.id.value),
            .when = ctx.dates().friendly(event.created_at),
            .when_iso = base::iso_utc(event.created_at),
            .when_exact = ctx.dates().exact(event.created_at),
            .who = event.actor_name.empty() ? base::Text("The system") : base::Text::verbatim(event.actor_name),
            .what = in_words(event)});
    return lines;
}

base::Text saved_version(const std::vector<std::string>& values)
{
    std::string words;
    for (const std::string& value : values) {
        if (!value.empty())
            words += (words.empty() ? "" : ", ") + value;
    }
    return base::Text("The saved version has: {values}.", {{"values", words}});
}

} // namespace pages::desk
