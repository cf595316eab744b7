#include "faults/rules.hpp"

#include <array>

namespace faults {

namespace {

constexpr std::array all_rules{
    Rule{"comments and attachments are counted right", R"(
        SELECT r.id FROM service_servicerequest r
         WHERE r.public_comments <> (SELECT COUNT(*) FROM service_comment c
                                      WHERE c.service_request_id = r.id AND c.visibility = 'public')
            OR r.internal_comments <> (SELECT COUNT(*) FROM service_comment c
                                        WHERE c.service_request_id = r.id AND c.visibility = 'internal')
            OR r.attachments <> (SELECT COUNT(*) FROM service_attachment a
                                  WHERE a.service_request_id = r.id AND a.visibility = 'public')
            OR r.internal_attachments <> (SELECT COUNT(*) FROM service_attachment a
                                           WHERE a.service_request_id = r.id AND a.visibility = 'internal'))"},
    Rule{"the stored count of open service requests is their number", R"(
        SELECT s.shard || ': ' || s.stored || ' stored, ' || s.real || ' real'
          FROM (SELECT shard, SUM(stored) AS stored, SUM(real) AS real
                  FROM (SELECT shard, value AS stored, 0 AS real FROM service_counter WHERE name = 'open'
                        UNION ALL
                        SELECT id % 16, 0, 1 FROM service_servicerequest WHERE status = 'Pending')
                 GROUP BY shard) s
         WHERE s.stored <> s.real)"},
    Rule{"the search index has each service request once", R"(
        SELECT COALESCE(r.id, s.id) || ' is there ' || COUNT(s.id) || ' times'
          FROM (SELECT rowid AS id FROM service_search
                UNION ALL
                SELECT service_request_id FROM service_search_waiting) s
          FULL JOIN service_servicerequest r ON r.id = s.id
         GROUP BY COALESCE(r.id, s.id) HAVING COUNT(s.id) <> 1 OR COUNT(r.id) <> 1)"},
    Rule{"the search index has the words of the description", R"(
        SELECT r.id FROM service_servicerequest r
          JOIN (SELECT rowid AS id, words FROM service_search
                UNION ALL
                SELECT service_request_id, words FROM service_search_waiting) s ON s.id = r.id
         WHERE r.id > {first} AND instr(s.words, ' ' || substr(r.description, 1, instr(r.description, ' '))) = 0)"},
    Rule{"each service request was submitted once", R"(
        SELECT r.id FROM service_servicerequest r
         WHERE (SELECT COUNT(*) FROM service_event e
                 WHERE e.subject = 'service_request' AND e.subject_id = r.id AND e.kind = 'submitted') <> 1)"},
    Rule{"each comment is told by one event", R"(
        SELECT c.id FROM service_comment c
         WHERE (SELECT COUNT(*) FROM service_event e
                 WHERE e.subject = 'service_request' AND e.subject_id = c.service_request_id
                   AND e.kind = 'commented' AND e.comment_id = c.id AND e.visibility = c.visibility) <> 1)"},
    Rule{"no event is about what does not exist", R"(
        SELECT e.id FROM service_event e
         WHERE e.subject = 'service_request'
           AND (e.subject_id NOT IN (SELECT id FROM service_servicerequest)
                OR (e.kind = 'commented' AND e.comment_id NOT IN (SELECT id FROM service_comment))))"},
    Rule{"the version counts the changes of status", R"(
        SELECT r.id FROM service_servicerequest r
         WHERE r.id > {first}
           AND r.version <> 1 + (SELECT COUNT(*) FROM service_event e
                                  WHERE e.subject = 'service_request' AND e.subject_id = r.id
                                    AND e.kind IN ('resolved', 'reopened')))"},
    Rule{"the customer is told once of each change of status", R"(
        SELECT r.id FROM service_servicerequest r
         WHERE r.id > {first}
           AND (SELECT COUNT(*) FROM service_event e
                 WHERE e.subject = 'service_request' AND e.subject_id = r.id AND e.kind IN ('resolved', 'reopened')
                   AND e.actor_id <> r.user_id)
            <> (SELECT COALESCE(SUM(n.times), 0) FROM service_notification n
                 WHERE n.service_request_id = r.id AND n.user_id = r.user_id
                   AND n.kind IN ('resolved', 'reopened', 'leak_reopened')))"},
    Rule{"a customer's words reopen what is resolved", R"(
        SELECT r.id FROM service_servicerequest r
         WHERE r.id > {first} AND r.status = 'Resolved'
           AND (SELECT MAX(e.id) FROM service_event e
                 WHERE e.subject = 'service_request' AND e.subject_id = r.id AND e.kind = 'commented'
                   AND e.actor_id = r.user_id)
             > (SELECT MAX(e.id) FROM service_event e
                 WHERE e.subject = 'service_request' AND e.subject_id = r.id AND e.kind = 'resolved'))"},
    Rule{"the customer is told once of each public comment of the staff, or of the change of status it came with", R"(
        SELECT r.id FROM service_servicerequest r
         WHERE r.id > {first}
           AND (SELECT COUNT(*) FROM service_comment c
                 WHERE c.service_request_id = r.id AND c.visibility = 'public' AND c.user_id <> r.user_id
                   AND NOT EXISTS (SELECT 1 FROM service_event e
                                    WHERE e.subject = 'service_request' AND e.subject_id = r.id
                                      AND e.kind IN ('resolved', 'reopened')
                                      AND e.actor_id = c.user_id AND e.created_at = c.created_at))
            <> (SELECT COALESCE(SUM(n.times), 0) FROM service_notification n
                 WHERE n.service_request_id = r.id AND n.user_id = r.user_id AND n.kind = 'replied'))"},
    Rule{"an author's comments are in the order of writing", R"(
        SELECT c.id FROM (
            SELECT id, user_id, CAST(substr(text, instr(text, 'n') + 1) AS INTEGER) AS n,
                   MAX(CAST(substr(text, instr(text, 'n') + 1) AS INTEGER))
                       OVER (PARTITION BY user_id ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
              FROM service_comment WHERE id > {comment}) c
         WHERE c.n <= c.before)"},
};

} // namespace

std::span<const Rule> rules()
{
    return all_rules;
}

} // namespace faults
