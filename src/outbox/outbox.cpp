#include "outbox/outbox.hpp"

#include "outbox/removal.hpp"

#include <fmt/format.h>

namespace outbox {

namespace {

std::string cause_of(const Mail& mail, base::Time at)
{
    if (!mail.cause.empty())
        return mail.cause;
    if (mail.service_request)
        return fmt::format("{} {} {}", kind_name(mail.kind), mail.service_request.value, mail.comment.value);
    return fmt::format("{} of user {} at {}", kind_name(mail.kind), mail.to_user.value, base::to_millis(at));
}

} // namespace

std::string account_secret(std::string_view number, std::string_view person)
{
    return fmt::format("{}\n{}", number, person);
}

// The switch is asked in the statement: a site without mail pays no round trip for it.
void add_mail(db::Transaction& tx, const Mail& mail, base::Time at)
{
    tx.apply(R"(
        INSERT INTO service_mail (kind, cause, to_address, user_id, service_request_id, comment_id, language, secret,
                                  created_at, queued_at, due_at, occasion)
        SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), t.address, CAST($4 AS BIGINT), CAST($5 AS BIGINT),
               CAST($6 AS BIGINT),
               COALESCE(NULLIF(CAST($7 AS TEXT), ''),
                        (SELECT NULLIF(u.language, '') FROM auth_user u WHERE u.id = $4),
                        NULLIF(CAST($11 AS TEXT), ''),
                        (SELECT NULLIF(l.language, '') FROM service_leak_report l WHERE l.service_request_id = $5), ''),
               CAST($8 AS TEXT), CAST($9 AS BIGINT), CAST($9 AS BIGINT), CAST($9 AS BIGINT), CAST($10 AS TEXT)
          FROM service_mail_switch s
         CROSS JOIN (SELECT COALESCE(NULLIF(CAST($3 AS TEXT), ''),
                                     (SELECT u.email FROM auth_user u WHERE u.id = $4 AND u.is_active = 1), '')
                            AS address) t
         WHERE s.is_on = 1 AND t.address <> ''
           AND ($10 = '' OR NOT EXISTS (
                   SELECT 1 FROM service_notification_choice c WHERE c.user_id = $4 AND c.occasion = $10 AND c.mail = 0
                   UNION ALL
                   SELECT 1 FROM service_notification_plan p WHERE p.user_id = $4 AND p.pace = 'never'))
        ON CONFLICT (cause, to_address) DO NOTHING)",
        kind_name(mail.kind), cause_of(mail, at), mail.to_address, mail.to_user, mail.service_request, mail.comment,
        mail.language, mail.secret, at, mail.occasion, mail.form_language);
}

void add_mail_to_customer(db::Transaction& tx, const base::Act& act, Mail mail)
{
    tx.apply(R"(
        INSERT INTO service_mail (kind, cause, to_address, user_id, service_request_id, comment_id, language,
                                  created_at, queued_at, due_at, occasion)
        SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), u.email, u.id, r.id, CAST($4 AS BIGINT),
               COALESCE(NULLIF(CAST($5 AS TEXT), ''), NULLIF(u.language, ''),
                        (SELECT NULLIF(l.language, '') FROM service_leak_report l WHERE l.service_request_id = r.id),
                        (SELECT NULLIF(m.language, '') FROM service_mail m
                          WHERE m.service_request_id = r.id AND m.user_id = u.id ORDER BY m.id DESC LIMIT 1), ''),
               CAST($6 AS BIGINT), CAST($6 AS BIGINT), CAST($6 AS BIGINT),
               CASE WHEN r.is_emergency = 1 THEN '' ELSE CAST($8 AS TEXT) END
          FROM service_mail_switch s
         CROSS JOIN service_servicerequest r
          JOIN auth_user u ON u.id = r.user_id
         WHERE s.is_on = 1 AND r.id = $3 AND u.role = 'customer' AND u.is_active = 1 AND u.email <> '' AND u.id <> $7
           AND (r.is_emergency = 1 OR NOT EXISTS (
                   SELECT 1 FROM service_notification_choice c WHERE c.user_id = u.id AND c.occasion = $8 AND c.mail = 0
                   UNION ALL
                   SELECT 1 FROM service_notification_plan p WHERE p.user_id = u.id AND p.pace = 'never'))
        ON CONFLICT (cause, to_address) DO NOTHING)",
        kind_name(mail.kind), cause_of(mail, act.at), mail.service_request, mail.comment, mail.language, act.at,
        act.visitor.user_id.value, mail.occasion);
}

// Those who asked for it are read first: mostly nobody.
void add_mail_to_participants(db::Transaction& tx, const base::Act& act, const Mail& mail)
{
    tx.apply(R"(
        INSERT INTO service_mail (kind, cause, to_address, user_id, service_request_id, comment_id, language, secret,
                                  created_at, queued_at, due_at, occasion)
        SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), u.email, u.id, r.id, CAST($4 AS BIGINT), u.language,
               CAST($8 AS TEXT), CAST($5 AS BIGINT), CAST($5 AS BIGINT), CAST($5 AS BIGINT),
               CASE WHEN r.is_emergency = 1 THEN '' ELSE CAST($7 AS TEXT) END
          FROM service_notification_choice c
         CROSS JOIN service_mail_switch s
         CROSS JOIN service_participant p
         CROSS JOIN auth_user u
         CROSS JOIN service_servicerequest r
         WHERE c.occasion = $7 AND c.mail = 1 AND s.is_on = 1 AND p.service_request_id = $3 AND p.user_id = c.user_id
           AND u.id = c.user_id AND u.role <> 'customer' AND u.is_active = 1 AND u.email <> '' AND u.id <> $6
           AND r.id = $3 AND ($9 = 0 OR u.id = $9)
           AND NOT EXISTS (SELECT 1 FROM service_notification_plan n WHERE n.user_id = u.id AND n.pace = 'never')
        ON CONFLICT (cause, to_address) DO NOTHING)",
        kind_name(mail.kind), cause_of(mail, act.at), mail.service_request, mail.comment, act.at,
        act.visitor.user_id.value, mail.occasion, mail.secret, mail.to_user.value);
}

bool add_mail_again(db::Transaction& tx, MailId id, std::string_view to_address, base::Time at)
{
    return tx.execute(R"(
        INSERT INTO service_mail (kind, cause, to_address, user_id, service_request_id, comment_id, language, secret,
                                  created_at, queued_at, due_at, occasion)
        SELECT m.kind, 'again ' || m.id, CAST($2 AS TEXT), m.user_id, m.service_request_id, m.comment_id, m.language,
               m.secret, m.created_at, CAST($3 AS BIGINT), CAST($3 AS BIGINT), m.occasion
          FROM service_mail m
         WHERE m.id = $1 AND m.state <> 'waiting'
        ON CONFLICT (cause, to_address) DO NOTHING)",
               id, to_address, at) == 1;
}

void remove_mail_of(db::Transaction& tx, UserId user)
{
    tx.apply("DELETE FROM service_mail WHERE user_id = $1", user);
}

bool is_on(db::Connection& db)
{
    return db.query("SELECT is_on FROM service_mail_switch WHERE one = 1").integer() == 1;
}

void set_switch(db::Transaction& tx, bool is_on)
{
    tx.apply("UPDATE service_mail_switch SET is_on = $1 WHERE one = 1", is_on ? 1 : 0);
}

} // namespace outbox
