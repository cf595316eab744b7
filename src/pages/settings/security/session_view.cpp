#include "pages/settings/security/session_view.hpp"

#include "base/text.hpp"
#include "events/changes.hpp"
#include "events/sign_in_history.hpp"
#include "http/head/addresses.hpp"
#include "pages/shared/urls.hpp"
#include "sign_in/device.hpp"
#include "sign_in/session_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace pages::settings {

namespace {

constexpr std::size_t entries_on_a_page = 50;
constexpr std::chrono::hours longest_shown{24 * 90};

base::Text device_in_words(const sign_in::Device& device)
{
    using base::Text;
    if (!device.browser.empty() && !device.system.empty())
        return Text("{browser} on {system}",
            {{"browser", std::string(device.browser)}, {"system", std::string(device.system)}});
    const std::string_view known = device.browser.empty() ? device.system : device.browser;
    return known.empty() ? Text("Unknown device") : Text::verbatim(std::string(known));
}

SessionRow row_of(web::Context& ctx, const sign_in::ListedSession& session)
{
    const sign_in::Device device = sign_in::device_of(session.user_agent);
    const i18n::Dates dates = ctx.dates();
    return {.name = sign_in::session_name(ctx.site().form_key, session.token_hash),
        .device = device_in_words(device),
        .is_mobile = device.system == "iPhone" || device.system == "iPad" || device.system == "Android",
        .is_this = session.token_hash == ctx.session_hash(),
        .is_public = session.is_public,
        .address = session.address,
        .is_address_of_now = session.address == http::subscriber_of(ctx.request().remote_address),
        .since = dates.friendly(session.created_at),
        .last_used = dates.friendly(session.last_seen_at)};
}

std::uint64_t number_of(const events::Event& event)
{
    return static_cast<std::uint64_t>(base::parse_integer(event.after_value).value_or(0));
}

/// Nothing for what is not about the sign-in after all.
std::optional<base::Text> what_happened(const events::Event& event, bool is_by_staff)
{
    using base::Text;
    using enum events::Kind;
    switch (event.kind) {
    case SignedIn:
        return event.before_value == "new" ? Text("Signed in with a new device") : Text("Signed in");
    case SessionsEnded:
        return event.before_value.empty() ? Text("Another device signed out") : Text("All other devices signed out");
    case WrongPasswords:
        return Text::plural("Wrong password, {n} time", "Wrong password, {n} times", number_of(event));
    case WrongCodes:
        return Text::plural("Wrong code, {n} time", "Wrong code, {n} times", number_of(event));
    case RecoveryCodeUsed:
        return Text("Signed in with a recovery code");
    case RecoveryCodes:
        return Text("New recovery codes made");
    case PasswordChanged:
        return Text("Password changed");
    case PasswordReset:
        return Text("Password reset by our staff");
    case FactorOn:
        return Text("Second step turned on");
    case FactorOff:
        return Text("Second step turned off");
    case FactorReset:
        return Text("Second step reset by our staff");
    case Unlocked:
        return Text("New devices let in by our staff");
    default:
        break;
    }
    const auto details = events::changed_details(event);
    if (std::ranges::none_of(details, [](const auto& detail) { return detail.field == "email"; }))
        return std::nullopt;
    return is_by_staff ? Text("Email changed by our staff") : Text("Email changed");
}

bool is_warning(const events::Event& event)
{
    using enum events::Kind;
    return event.kind == WrongPasswords || event.kind == WrongCodes || event.kind == FactorOff ||
           event.kind == FactorReset || event.kind == PasswordReset || event.kind == RecoveryCodeUsed ||
           (event.kind == SignedIn && event.before_value == "new");
}

bool is_of_device(events::Kind kind)
{
    return kind == events::Kind::SignedIn || kind == events::Kind::SessionsEnded;
}

void fill_in_history(web::Context& ctx, SessionsView& view)
{
    const auto before = base::parse_integer(ctx.request().query_value("before").value_or("")).value_or(0);
    const UserId user = ctx.visitor().user_id;
    auto found = events::list_sign_in_events(ctx.db(), {.user = user,
                                                           .before = EventId{std::max<std::int64_t>(before, 0)},
                                                           .since = ctx.now() - longest_shown,
                                                           .limit = entries_on_a_page + 1});
    if (found.size() > entries_on_a_page) {
        found.resize(entries_on_a_page);
        view.pager.older = urls::sessions(fmt::format("?before={}#history-h", found.back().id.value));
    }
    if (before > 0)
        view.pager.newer = urls::sessions("#history-h");
    view.pager.newer_text = base::Text("Newest");
    const i18n::Dates dates = ctx.dates();
    for (const events::Event& event : found) {
        auto what = what_happened(event, event.actor_id != user);
        if (!what)
            continue;
        auto when = dates.both(event.created_at);
        view.history.push_back({.what = std::move(*what),
            .is_warning = is_warning(event),
            .device = is_of_device(event.kind) ? event.after_value : std::string(),
            .when = std::move(when.friendly),
            .when_iso = base::iso_utc(event.created_at),
            .when_exact = std::move(when.exact)});
    }
}

} // namespace

SessionsView sessions_view(web::Context& ctx, const sign_in::SessionRules& rules)
{
    SessionsView view{.page = ctx.page(base::Text("Where you are signed in"), web::Place::Account),
        .public_minutes = std::min(rules.public_idle, rules.idle).count()};
    const auto open = sign_in::list_sessions(
        ctx.db(), {.user = ctx.visitor().user_id, .now = ctx.now(), .rules = rules, .limit = 100});
    for (const sign_in::ListedSession& session : open)
        view.sessions.push_back(row_of(ctx, session));
    std::ranges::stable_partition(view.sessions, [](const SessionRow& row) { return row.is_this; });
    view.has_others = view.sessions.size() > 1;
    fill_in_history(ctx, view);
    return view;
}

} // namespace pages::settings
