#include "actions/mail/put_off_mail.hpp"

#include "notifications/choice.hpp"

namespace actions {

namespace {

using notifications::Pace;
using notifications::Plan;

struct Wish
{
    const Plan& plan;
    const base::Zone& zone;
};

/// True when it waits now.
bool put_off(db::Transaction& tx, const outbox::Claimed& mail, const Wish& wish, base::Time at)
{
    if (wish.plan.pace == Pace::Daily && mail.kind != outbox::Kind::Digest) {
        const base::Time due = notifications::next_digest(wish.plan, wish.zone, at);
        // That one is on its way, by another node's clock: the next one tells it.
        if (!outbox::add_to_digest(tx, mail, due, at))
            outbox::put_off(tx, mail.id, due + std::chrono::minutes(1));
        return true;
    }
    const base::Time due = notifications::end_of_quiet(wish.plan, wish.zone, at);
    if (due > at)
        outbox::put_off(tx, mail.id, due);
    return due > at;
}

} // namespace

std::vector<outbox::Claimed> put_off_mail(
    db::Transaction& tx, const std::vector<outbox::Claimed>& claimed, base::Time at, base::TimeZones& zones)
{
    std::vector<UserId> readers;
    for (const outbox::Claimed& mail : claimed) {
        if (!mail.occasion.empty() && mail.user)
            readers.push_back(mail.user);
    }
    const auto plans = notifications::list_plans(tx, readers);
    std::vector<outbox::Claimed> now;
    for (const outbox::Claimed& mail : claimed) {
        const auto plan = mail.occasion.empty() ? plans.end() : plans.find(mail.user);
        if (plan == plans.end() || !put_off(tx, mail, {plan->second, zones.find(plan->second.time_zone)}, at))
            now.push_back(mail);
    }
    return now;
}

} // namespace actions
