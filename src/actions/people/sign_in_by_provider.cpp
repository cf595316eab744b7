#include "actions/people/sign_in_by_provider.hpp"

#include "actions/change_user.hpp"
#include "actions/emergencies/give_back_emergency.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "sign_in/factor/second_factor.hpp"
#include "sign_in/pending_sign_in.hpp"
#include "users/credentials.hpp"
#include "users/emails.hpp"
#include "users/look_alikes.hpp"
#include "users/user.hpp"

#include <string>
#include <vector>

namespace actions {

namespace {

using Outcome = SignedInByProvider::Outcome;

/// No hash at all: nobody signs in with it.
constexpr std::string_view no_password = "!";

/// The one user of the staff who has the email, and who signs in at no provider yet.
std::optional<UserId> find_user_by_email(db::Transaction& tx, const ProvidedUser& provided)
{
    constexpr std::size_t most = 50;
    if (!provided.may_link_by_email || provided.verified_email.empty())
        return std::nullopt;
    const auto same = users::list_users_with_email(tx, provided.verified_email, most);
    std::optional<UserId> meant;
    for (const users::User& user : same) {
        if (user.role == base::Role::Customer)
            continue;
        if (meant)
            return std::nullopt;
        meant = user.id;
    }
    // There may be more than were read.
    if (!meant || same.size() == most || sign_in::has_identity(tx, *meant))
        return std::nullopt;
    return meant;
}

std::string username_for(db::Transaction& tx, const ProvidedUser& provided)
{
    const std::string wanted = users::normal_username(provided.username);
    if (users::is_valid_username(wanted) && !users::is_username_taken(tx, wanted) && !users::has_look_alike(tx, wanted))
        return wanted;
    constexpr std::size_t digits = 5;
    return "staff-" + base::hex(base::random_bytes(digits));
}

UserId make_user(db::Transaction& tx, const ProvidedUser& provided, base::Time at)
{
    const bool has_email = users::is_valid_email(provided.verified_email);
    return add_user(tx, base::act_of_program(at),
        {.username = username_for(tx, provided),
            .first_name = std::string(provided.first_name),
            .last_name = std::string(provided.last_name),
            .email = has_email ? std::string(provided.verified_email) : std::string(),
            .role = provided.role.value(),
            .password_hash = std::string(no_password) + base::random_token()});
}

/// Whoever has no role any more keeps no session either.
SignedInByProvider turn_away(db::Transaction& tx, std::optional<UserId> user, base::Time at)
{
    if (user) {
        sign_in::remove_sessions(tx, *user, {});
        give_back_all(tx, base::act_of_program(at), *user);
    }
    return {.outcome = Outcome::NoRole, .user = user.value_or(UserId())};
}

users::UserChange with_role(const users::User& user, base::Role role)
{
    return {.first_name = user.first_name,
        .last_name = user.last_name,
        .email = user.email,
        .phone = user.phone,
        .role = role,
        .is_active = user.is_active,
        .version = user.version};
}

/// Give the user the role of the groups; false when no administrator would be left.
bool follow_groups(db::Transaction& tx, SignedInByProvider& done, base::Time at)
{
    const users::User before = users::get_user(tx, done.user);
    if (before.role == done.role)
        return true;
    const auto outcome = change_user(tx, base::act_of_program(at), before.id, with_role(before, done.role));
    if (outcome == users::UserUpdate::LastAdministrator)
        return false;
    if (outcome != users::UserUpdate::Done)
        throw base::Unavailable("the user was changed at the same time");
    done.role_before = before.role;
    return true;
}

/// Nobody changes the user from here to the end of the transaction.
bool is_still_so(db::Transaction& tx, const SignedInByProvider& done)
{
    users::lock_user(tx, done.user);
    const users::User now = users::get_user(tx, done.user);
    return now.is_active && now.role == done.role;
}

bool must_show_code(db::Transaction& tx, const SignInByProvider& input, const SignedInByProvider& done)
{
    return !input.browser.has_provider_factor && input.factor_from && done.role >= *input.factor_from &&
           sign_in::has_second_factor(tx, done.user);
}

BegunSignIn begin(db::Transaction& tx, const SignInByProvider& input, const SignedInByProvider& done)
{
    if (!must_show_code(tx, input, done))
        return start_session(tx, {.user = done.user, .browser = input.browser, .device = input.device, .at = input.at});
    return {.pending = sign_in::add_pending_sign_in(
                tx, {.user = done.user, .password_hash = users::password_hash_of(tx, done.user)}, input.at)};
}

} // namespace

void leave_for_provider(db::Transaction& tx, const sign_in::WayBack& way, const sign_in::StartedSignIn& started)
{
    sign_in::add_started_sign_in(tx, way, started);
}

std::optional<sign_in::StartedSignIn> return_from_provider(
    db::Transaction& tx, const sign_in::WayBack& way, base::Time now)
{
    return sign_in::remove_started_sign_in(tx, way, now);
}

SignedInByProvider sign_in_by_provider(db::Transaction& tx, const SignInByProvider& input)
{
    const ProvidedUser& provided = input.user;
    auto user = sign_in::find_user_of_identity(tx, provided.identity);
    if (!provided.role)
        return turn_away(tx, user, input.at);
    SignedInByProvider done{.role = *provided.role};
    if (!user) {
        user = find_user_by_email(tx, provided);
        done.is_linked = user.has_value();
        if (!user)
            user = make_user(tx, provided, input.at);
        sign_in::add_identity(tx, *user, provided.identity, input.at);
    }
    done.user = *user;
    if (!users::get_user(tx, *user).is_active) {
        done.outcome = Outcome::Inactive;
        return done;
    }
    if (!follow_groups(tx, done, input.at)) {
        done.outcome = Outcome::LastAdministrator;
        return done;
    }
    if (!is_still_so(tx, done))
        throw base::Unavailable("the user was changed at the same time");
    done.begun = begin(tx, input, done);
    return done;
}

} // namespace actions
