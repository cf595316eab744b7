#include "pages/desk/directory_history.hpp"

#include "base/text.hpp"
#include "events/changes.hpp"
#include "events/pseudonym.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace pages::desk {

namespace {

constexpr std::size_t most_lines = 200;

base::Text role_in_words(const std::string& name)
{
    const auto role = base::parse_role(name);
    return role ? to_text(*role) : base::Text::verbatim(name);
}

base::Text field_in_words(const std::string& field)
{
    using base::Text;
    if (field == "first_name")
        return Text("first name");
    if (field == "last_name")
        return Text("last name");
    if (field == "email")
        return Text("email");
    if (field == "phone")
        return Text("phone");
    if (field == "number")
        return Text("account number");
    if (field == "address")
        return Text("service address");
    return Text("details");
}

base::Text change_in_words(const events::ChangedDetail& detail)
{
    using base::Text;
    const Text field = field_in_words(detail.field);
    if (detail.before.empty() && detail.after.empty())
        return {base::MessageId("changed {field}"), {{"field", field}}};
    if (detail.before.empty())
        return {base::MessageId("added {field} {after}"), {{"field", field}, {"after", detail.after}}};
    if (detail.after.empty())
        return {base::MessageId("removed {field} {before}"), {{"field", field}, {"before", detail.before}}};
    return {base::MessageId("changed {field} from {before} to {after}"),
        {{"field", field}, {"before", detail.before}, {"after", detail.after}}};
}

base::Text link_in_words(const events::Event& event)
{
    using base::Text;
    const bool is_linked = event.kind == events::Kind::Linked;
    const std::string& whom = event.after_value.empty() ? event.before_value : event.after_value;
    if (event.subject == events::Subject::Account)
        return is_linked ? Text("linked user {name}", {{"name", whom}})
                         : Text("unlinked user {name}", {{"name", whom}});
    return is_linked ? Text("linked account {number}", {{"number", whom}})
                     : Text("unlinked account {number}", {{"number", whom}});
}

base::Text sharing_in_words(const events::Event& event)
{
    using base::Text;
    switch (event.kind) {
    case events::Kind::AskDeclined:
        return Text("declined to share it with user {name}", {{"name", event.after_value}});
    case events::Kind::AskEnded:
        return Text("ended the ask of user {name}", {{"name", event.after_value}});
    case events::Kind::HolderChanged:
        return Text("made user {name} the holder", {{"name", event.after_value}});
    case events::Kind::SharingBegan:
        return Text("shares the own requests with everybody linked");
    case events::Kind::SharingEnded:
        return Text("shares the own requests no longer");
    default:
        return Text("asked to share this account");
    }
}

base::Text state_in_words(const events::Event& event)
{
    using base::Text;
    const bool is_account = event.subject == events::Subject::Account;
    if (event.kind == events::Kind::Activated)
        return is_account ? Text("activated this account") : Text("turned sign-in on");
    if (event.after_value == events::closed_by_customer)
        return Text("closed this profile");
    return is_account ? Text("deactivated this account") : Text("turned sign-in off");
}

base::Text in_words(const events::Event& event)
{
    using base::Text;
    switch (event.kind) {
    case events::Kind::RoleChanged:
        return Text("changed the role from {before} to {after}",
            {{"before", role_in_words(event.before_value)}, {"after", role_in_words(event.after_value)}});
    case events::Kind::MailedAgain:
        return Text("sent an email to {email} again", {{"email", event.after_value}});
    case events::Kind::PasswordReset:
        return Text("reset the password");
    case events::Kind::PasswordChanged:
        return Text("changed the password");
    case events::Kind::Locked:
        return Text("locked the sign-in after too many wrong passwords");
    case events::Kind::Unlocked:
        return Text("let new devices sign in again");
    case events::Kind::WrongPasswords:
        return Text::plural("signed in after {n} wrong password", "signed in after {n} wrong passwords",
            static_cast<std::uint64_t>(base::parse_integer(event.after_value).value_or(0)));
    case events::Kind::WrongCodes:
        return Text::plural("signed in after {n} wrong code", "signed in after {n} wrong codes",
            static_cast<std::uint64_t>(base::parse_integer(event.after_value).value_or(0)));
    case events::Kind::SessionsEnded:
        return event.before_value.empty() ? Text("signed out another device") : Text("signed out all other devices");
    case events::Kind::FactorOn:
        return Text("turned the second step of the sign-in on");
    case events::Kind::FactorOff:
        return Text("turned the second step of the sign-in off");
    case events::Kind::FactorReset:
        return Text("reset the second step of the sign-in");
    case events::Kind::RecoveryCodes:
        return Text("made new recovery codes");
    case events::Kind::RecoveryCodeUsed:
        return Text("signed in with a recovery code");
    case events::Kind::SignedIn:
        return Text("signed in");
    case events::Kind::Linked:
    case events::Kind::Unlinked:
        return link_in_words(event);
    case events::Kind::AskedToShare:
    case events::Kind::AskDeclined:
    case events::Kind::AskEnded:
    case events::Kind::HolderChanged:
    case events::Kind::SharingBegan:
    case events::Kind::SharingEnded:
        return sharing_in_words(event);
    case events::Kind::Created:
        return event.subject == events::Subject::Account ? Text("created this account") : Text("created this user");
    case events::Kind::Activated:
    case events::Kind::Deactivated:
        return state_in_words(event);
    case events::Kind::Changed:
        return Text("changed details");
    default:
        return Text("changed something");
    }
}

base::Text who_did(const events::Event& event)
{
    return event.actor_name.empty() ? base::Text("The system") : base::Text::verbatim(event.actor_name);
}

/// What a form of the user or account holds may differ after it.
bool changes_details(events::Kind kind)
{
    return kind == events::Kind::Changed || kind == events::Kind::RoleChanged || kind == events::Kind::Activated ||
           kind == events::Kind::Deactivated;
}

/// A line for each detail that changed, one for anything else.
std::vector<base::Text> lines_of(const events::Event& event)
{
    std::vector<base::Text> lines;
    if (event.kind == events::Kind::Changed) {
        for (const events::ChangedDetail& detail : events::changed_details(event))
            lines.push_back(change_in_words(detail));
    }
    if (lines.empty())
        lines.push_back(in_words(event));
    return lines;
}

} // namespace

std::vector<shared::HistoryLine> directory_history(web::Context& ctx, events::Subject subject, std::int64_t id)
{
    std::vector<shared::HistoryLine> lines;
    const i18n::Dates dates = ctx.dates();
    for (const events::Event& event : events::list_newest_events(ctx.db(), subject, id, most_lines)) {
        std::size_t part = 0;
        for (base::Text& what : lines_of(event))
            lines.push_back({.element_id = fmt::format("h{}-{}", event.id.value, part++),
                .when = dates.friendly(event.created_at),
                .when_iso = base::iso_utc(event.created_at),
                .when_exact = dates.exact(event.created_at),
                .who = who_did(event),
                .what = std::move(what)});
    }
    return lines;
}

base::Text changed_by(web::Context& ctx, events::Subject subject, std::int64_t id)
{
    const bool is_account = subject == events::Subject::Account;
    const auto newest = events::list_newest_events(ctx.db(), subject, id, most_lines);
    const auto change = std::ranges::find_if(newest, changes_details, &events::Event::kind);
    if (change == newest.end())
        return is_account ? base::Text("Somebody changed this account in the meantime")
                          : base::Text("Somebody changed this user in the meantime");
    const std::string when = ctx.dates().friendly(change->created_at);
    if (change->actor_id == ctx.visitor().user_id)
        return is_account ? base::Text("You changed this account in another tab ({when})", {{"when", when}})
                          : base::Text("You changed this user in another tab ({when})", {{"when", when}});
    const base::Text who = who_did(*change);
    return is_account ? base::Text("{who} changed this account ({when})", {{"who", who}, {"when", when}})
                      : base::Text("{who} changed this user ({when})", {{"who", who}, {"when", when}});
}

base::Text reset_by(web::Context& ctx, const events::Event& reset)
{
    const std::string when = ctx.dates().friendly(reset.created_at);
    if (reset.actor_id == ctx.visitor().user_id)
        return base::Text("You reset this password in another tab ({when})", {{"when", when}});
    return base::Text("{who} reset this password ({when})", {{"who", who_did(reset)}, {"when", when}});
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
