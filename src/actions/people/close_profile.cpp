#include "actions/people/close_profile.hpp"

#include "accounts/links.hpp"
#include "actions/change_password.hpp"
#include "actions/link_account.hpp"
#include "attachments/held_file.hpp"
#include "base/error.hpp"
#include "events/event.hpp"
#include "events/pseudonym.hpp"
#include "notifications/removal.hpp"
#include "outbox/outbox.hpp"
#include "outbox/removal.hpp"
#include "search/words.hpp"
#include "service_requests/closed_contacts.hpp"
#include "sign_in/factor/second_factor.hpp"
#include "sign_in/known_device.hpp"
#include "sign_in/pending_sign_in.hpp"
#include "sign_in/provider/identity.hpp"
#include "sign_in/reset_link.hpp"
#include "sign_in/session_list.hpp"
#include "users/closing.hpp"
#include "users/user.hpp"

#include <fmt/format.h>

namespace actions {

namespace {

/// Everything that somebody could sign in with. Returns the sessions' hashes.
std::vector<std::string> end_sign_in(db::Transaction& tx, UserId user)
{
    std::vector<std::string> ended;
    for (const sign_in::ListedSession& session : sign_in::list_sessions_of(tx, user))
        ended.push_back(session.token_hash);
    sign_in::remove_sessions(tx, user, {});
    sign_in::remove_pending_sign_ins(tx, user);
    sign_in::remove_second_factor(tx, user);
    sign_in::remove_known_devices(tx, user);
    sign_in::remove_identities(tx, user);
    return ended;
}

void tell_old_address(db::Transaction& tx, const users::User& before, std::string_view language, base::Time at)
{
    // Without a user: it is all that is left of the address, until a server took it.
    if (!before.email.empty())
        outbox::add_mail(tx,
            {.kind = outbox::Kind::ProfileClosed,
                .to_address = before.email,
                .language = std::string(language),
                .cause = fmt::format("closed user {}", before.id.value)},
            at);
}

} // namespace

std::vector<std::string> close_profile(db::Transaction& tx, const base::Act& act, const CloseProfile& input)
{
    const UserId user = act.visitor.user_id;
    sign_in::remove_reset_links(tx, user);
    require_same_password(tx, act, input.checked_hash);
    // The row is locked by now: nobody becomes staff between question and answer.
    const users::User before = users::get_user(tx, user);
    if (before.role != base::Role::Customer)
        throw base::Forbidden("only customers close their own profile");
    auto ended = end_sign_in(tx, user);
    service_requests::set_closed_contact(tx, {.user = user, .name = before.full_name(), .phone = before.phone});
    users::set_closed(tx, user, act.at);
    unlink_all(tx, act, user);
    accounts::remove_claims_of(tx, user);
    attachments::end_held_files(tx, user);
    events::remove_personal_values(
        tx, {.user = user, .username = before.username, .pseudonym = users::closed_username(user)});
    events::add_event(tx, act,
        {.subject = events::Subject::User,
            .subject_id = user.value,
            .kind = events::Kind::Deactivated,
            .after_value = events::closed_by_customer});
    notifications::remove_notifications(tx, user);
    outbox::remove_mail_of(tx, user);
    tell_old_address(tx, before, input.language, act.at);
    search::update_search_words_of_user(tx, user);
    return ended;
}

std::int64_t forget_closed_contacts(db::Transaction& tx, std::size_t limit)
{
    const auto resolved = service_requests::list_closed_with_contact(tx, limit);
    for (const ServiceRequestId id : resolved) {
        service_requests::remove_contact(tx, id);
        search::update_search_words(tx, id);
    }
    return static_cast<std::int64_t>(resolved.size());
}

} // namespace actions
