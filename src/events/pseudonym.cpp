#include "events/pseudonym.hpp"

#include "events/kind.hpp"

namespace events {

void remove_personal_values(db::Transaction& tx, const Forgotten& forgotten)
{
    tx.apply(R"(
        UPDATE service_event SET before_value = '', after_value = ''
         WHERE subject = 'user' AND subject_id = $1 AND kind IN ($2, $3))",
        forgotten.user, kind_name(Kind::Changed), kind_name(Kind::MailedAgain));
    tx.apply(R"(
        UPDATE service_event SET after_value = ''
         WHERE subject = 'service_request' AND kind = $2
           AND subject_id IN (SELECT r.id FROM service_servicerequest r WHERE r.user_id = $1))",
        forgotten.user, kind_name(Kind::MailedAgain));
    tx.apply(R"(
        UPDATE service_event
           SET before_value = CASE WHEN before_value = $2 THEN $3 ELSE before_value END,
               after_value = CASE WHEN after_value = $2 THEN $3 ELSE after_value END
         WHERE subject = 'account' AND kind IN ($4, $5, $6, $7, $8, $9)
           AND subject_id IN (SELECT a.id FROM service_account a
                               WHERE a.account_number IN
                                     (SELECT e.after_value FROM service_event e
                                       WHERE e.subject = 'user' AND e.subject_id = $1 AND e.kind IN ($4, $5))
                              UNION ALL
                              SELECT e.subject_id FROM service_event e
                               WHERE e.kind = 'asked_to_share' AND e.actor_id = $1))",
        forgotten.user, forgotten.username, forgotten.pseudonym, kind_name(Kind::Linked), kind_name(Kind::Unlinked),
        kind_name(Kind::AskedToShare), kind_name(Kind::AskDeclined), kind_name(Kind::AskEnded),
        kind_name(Kind::HolderChanged));
}

} // namespace events
