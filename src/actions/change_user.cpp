#include "actions/change_user.hpp"

#include "actions/change_account.hpp"
#include "actions/emergencies/give_back_emergency.hpp"
#include "actions/link_account.hpp"
#include "actions/rights.hpp"
#include "base/error.hpp"
#include "events/changes.hpp"
#include "outbox/outbox.hpp"
#include "search/words.hpp"
#include "sign_in/session.hpp"
#include "users/email_changes.hpp"
#include "users/look_alikes.hpp"
#include "users/shown_password.hpp"

#include <string>

namespace actions {

namespace {

events::NewEvent event_of(UserId user, events::Kind kind)
{
    return {.subject = events::Subject::User, .subject_id = user.value, .kind = kind};
}

/// What was asked for by a link before is over, and whoever reads the old address learns of the change.
void leave_old_address(db::Transaction& tx, UserId user, const std::string& address, base::Time at)
{
    users::end_email_changes(tx, user);
    if (!address.empty())
        outbox::add_mail(tx, {.kind = outbox::Kind::EmailChanged, .to_address = address, .to_user = user}, at);
}

void note_details(db::Transaction& tx, const base::Act& act, UserId user, const base::FieldChanges& changes)
{
    const events::ChangedValues values = events::changed_values(changes);
    auto event = event_of(user, events::Kind::Changed);
    event.before_value = values.before;
    event.after_value = values.after;
    events::add_event(tx, act, event);
    search::update_search_words_of_user(tx, user);
    for (const base::FieldChange& change : changes) {
        if (change.field == "email")
            leave_old_address(tx, user, change.before, act.at);
    }
}

bool is_of_the_desk(base::Role role, bool is_active)
{
    return is_active && role != base::Role::Customer;
}

void note_access(db::Transaction& tx, const base::Act& act, const users::User& before, const users::UserChange& change)
{
    if (before.role == change.role && before.is_active == change.is_active)
        return;
    sign_in::remove_sessions(tx, before.id, {});
    if (takes_from_the_desk(before, change))
        give_back_all(tx, act, before.id);
    if (before.role != change.role) {
        auto event = event_of(before.id, events::Kind::RoleChanged);
        event.before_value = base::role_name(before.role);
        event.after_value = base::role_name(change.role);
        events::add_event(tx, act, event);
    }
    if (before.is_active != change.is_active)
        events::add_event(
            tx, act, event_of(before.id, change.is_active ? events::Kind::Activated : events::Kind::Deactivated));
}

} // namespace

bool takes_from_the_desk(const users::User& before, const users::UserChange& change)
{
    return is_of_the_desk(before.role, before.is_active) && !is_of_the_desk(change.role, change.is_active);
}

UserId add_user(db::Transaction& tx, const base::Act& act, const users::NewUser& user)
{
    require_role(tx, act, user.role == base::Role::Customer ? base::Role::Representative : base::Role::Administrator);
    if (users::has_look_alike(tx, user.username))
        throw db::ConstraintViolation("a user name that looks like another one");
    const UserId id = users::add_user(tx, user, act.at);
    auto event = event_of(id, events::Kind::Created);
    event.after_value = base::role_name(user.role);
    events::add_event(tx, act, event);
    return id;
}

UserId create_user(db::Transaction& tx, const base::Act& act, const CreateUser& input)
{
    const UserId user = add_user(tx, act, input.user);
    users::set_shown_password(tx, act, user, input.password_salt);
    if (input.account)
        link_account(tx, act, input.account, user);
    if (input.new_account)
        link_account(tx, act, add_account(tx, act, *input.new_account), user);
    return user;
}

users::UserUpdate change_user(db::Transaction& tx, const base::Act& act, UserId id, const users::UserChange& change)
{
    const users::User before = users::get_user(tx, id);
    const base::Visitor by = users::present_visitor(tx, act.visitor);
    if (!act.is_by_program && !users::may_change(by, before))
        throw base::Forbidden("only administrators change staff");
    if (before.role != change.role && !act.is_by_program && !by.is_at_least(base::Role::Administrator))
        throw base::Forbidden("only administrators set roles");
    const auto outcome = users::update_user(tx, before, change);
    if (outcome != users::UserUpdate::Done)
        return outcome;
    if (const auto changes = users::changed_fields(before, change); !changes.empty())
        note_details(tx, act, id, changes);
    note_access(tx, act, before, change);
    return outcome;
}

bool change_contact(db::Transaction& tx, const base::Act& act, const Contact& contact)
{
    const users::User before = users::get_user(tx, act.visitor.user_id);
    if (before.version != contact.version)
        return false;
    const users::UserChange change{.first_name = before.first_name,
        .last_name = before.last_name,
        .email = std::string(contact.email),
        .phone = std::string(contact.phone)};
    const auto changes = users::changed_fields(before, change);
    if (changes.empty())
        return true;
    users::update_contact(tx, before, contact.phone, contact.email);
    note_details(tx, act, before.id, changes);
    return true;
}

void choose_language(db::Transaction& tx, const base::Act& act, std::string_view tag)
{
    users::set_language(tx, act.visitor.user_id, tag);
}

} // namespace actions
