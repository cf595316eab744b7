// Who is notified of what. Each audience has two statements: the first renews the unread ones of the same kind, person
// and service request, the second adds one for those who have none. Both find them by the index of the unread ones, so
// a conversation that nobody reads adds no rows. A guest who acts is nobody in particular: nothing is renewed.

#include "notifications/kind_name.hpp"
#include "notifications/notification.hpp"
#include "notifications/notification_sql.hpp"

namespace notifications {

namespace {

void renew(db::Transaction& tx, const base::Act& act, const News& news, db::Sql sql)
{
    tx.apply(sql, news.service_request, kind_name(news.kind), act.visitor.user_id, act.at, news.comment);
}

void add(db::Transaction& tx, const base::Act& act, const News& news, db::Sql sql)
{
    tx.apply(sql, news.service_request, kind_name(news.kind), act.visitor.user_id, act.at, act.visitor.user_id.value,
        news.comment);
}

} // namespace

void notify_customer(db::Transaction& tx, const base::Act& act, const News& news)
{
    renew(tx, act, news, renew_of_customer_sql);
    add(tx, act, news, add_for_customer_sql);
}

void notify_user(db::Transaction& tx, const base::Act& act, UserId user, const News& news)
{
    const UserId by = act.visitor.user_id;
    if (user == by)
        return;
    tx.apply(renew_of_user_sql, news.service_request, kind_name(news.kind), by, act.at, news.comment, user);
    tx.apply(add_for_user_sql, news.service_request, kind_name(news.kind), by, act.at, news.comment, user);
}

void notify_participants(db::Transaction& tx, const base::Act& act, const News& news)
{
    renew(tx, act, news, renew_of_participants_sql);
    add(tx, act, news, add_for_participants_sql);
}

void notify_staff_and_customer(db::Transaction& tx, const base::Act& act, const News& news)
{
    // A leak is reported once, so nobody can have an unread one to renew.
    if (news.kind != Kind::LeakReported)
        renew(tx, act, news, renew_of_everybody_sql);
    add(tx, act, news, add_for_everybody_sql);
}

} // namespace notifications
