#include "actions/emergencies/tell_who_had_it.hpp"

#include "notifications/choice.hpp"
#include "notifications/notification.hpp"
#include "outbox/outbox.hpp"
#include "users/user.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace actions {

namespace {

std::pair<notifications::Kind, outbox::Kind> kinds_of(EmergencyNews news)
{
    switch (news) {
    case EmergencyNews::TakenOver:
        return {notifications::Kind::TakenOver, outbox::Kind::TakenOver};
    case EmergencyNews::Resolved:
        return {notifications::Kind::EmergencyResolved, outbox::Kind::EmergencyResolved};
    case EmergencyNews::FalseAlarm:
        return {notifications::Kind::EmergencyFalse, outbox::Kind::EmergencyFalse};
    }
    throw std::logic_error("news of unknown kind");
}

} // namespace

void tell_who_had_it(db::Transaction& tx, const base::Act& act, const EmergencyOver& over, EmergencyNews news)
{
    const auto [notification, mail] = kinds_of(news);
    notifications::notify_user(tx, act, over.had, {over.id, notification, over.said_by});
    outbox::add_mail_to_participants(tx, act,
        {.kind = mail,
            .to_user = over.had,
            .service_request = over.id,
            .occasion = notifications::occasion_name(notifications::Occasion::TakenOver),
            .secret = users::get_user(tx, act.visitor.user_id).full_name(),
            .cause = fmt::format("{} {} by {} at {}", outbox::kind_name(mail), over.id.value, act.visitor.user_id.value,
                base::to_millis(act.at))});
}

} // namespace actions
