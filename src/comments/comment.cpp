#include "comments/comment.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace comments {

namespace {

Comment comment_from_row(const db::Row& row)
{
    Comment comment;
    comment.id = row.id<CommentId>(0);
    comment.service_request_id = row.id<ServiceRequestId>(1);
    comment.author_id = row.id<UserId>(2);
    comment.text = row.string(3);
    comment.visibility = base::parse_visibility(row.text(4)).value_or(base::Visibility::Internal);
    comment.created_at = row.time(5);
    if (comment.author_id) {
        comment.author_name = base::full_name(row.text(6), row.text(7), row.text(8));
        comment.author_is_staff = row.text(9) != base::role_name(base::Role::Customer);
    }
    return comment;
}

} // namespace

CommentId add_comment(db::Transaction& tx, const base::Act& act, const NewComment& comment)
{
    const auto id = tx.insert<CommentId>(R"(
        INSERT INTO service_comment (service_request_id, user_id, text, visibility, created_at)
        SELECT r.id, u.id, CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS BIGINT)
          FROM service_servicerequest r, auth_user u
         WHERE r.id = $1 AND u.id = $2 AND u.is_active = 1
           AND (u.role <> 'customer' OR ($4 = 'public' AND (r.user_id = u.id OR ($6 = 0 AND EXISTS (
                    SELECT 1 FROM service_household_request h
                     WHERE h.service_request_id = r.id AND h.user_id = u.id))))))",
        comment.service_request_id, act.visitor.user_id.value, comment.text, base::visibility_name(comment.visibility),
        act.at, comment.has_files);
    if (!id)
        throw base::NotFound("no service request that this visitor may comment on");
    return id;
}

std::vector<Comment> list_comments(db::Connection& db, ServiceRequestId service_request, base::Visibility deepest)
{
    return db::map_rows(db.query(R"(
        SELECT c.id, c.service_request_id, c.user_id, c.text, c.visibility, c.created_at,
               u.first_name, u.last_name, u.username, u.role
          FROM service_comment c LEFT JOIN auth_user u ON u.id = c.user_id
         WHERE c.service_request_id = $1 AND (c.visibility = 'public' OR $2 = 1)
         ORDER BY c.id)",
                            service_request, deepest == base::Visibility::Internal),
        comment_from_row);
}

std::vector<Comment> list_newest_comments(
    db::Connection& db, ServiceRequestId service_request, base::Visibility deepest, std::size_t limit)
{
    auto newest = db::map_rows(db.query(R"(
        SELECT c.id, c.service_request_id, c.user_id, c.text, c.visibility, c.created_at,
               u.first_name, u.last_name, u.username, u.role
          FROM service_comment c LEFT JOIN auth_user u ON u.id = c.user_id
         WHERE c.service_request_id = $1 AND (c.visibility = 'public' OR $2 = 1)
         ORDER BY c.id DESC LIMIT $3)",
                                   service_request, deepest == base::Visibility::Internal, limit),
        comment_from_row);
    std::reverse(newest.begin(), newest.end());
    return newest;
}

std::vector<base::Time> list_answer_times(db::Connection& db, ServiceRequestId service_request)
{
    return db::map_rows(db.query(R"(
        SELECT c.created_at FROM service_comment c JOIN auth_user u ON u.id = c.user_id
         WHERE c.service_request_id = $1 AND c.visibility = 'public' AND u.role <> 'customer'
         ORDER BY c.id)",
                            service_request),
        [](const db::Row& row) { return row.time(0); });
}

std::optional<Comment> find_newest_of_customer(db::Connection& db, ServiceRequestId service_request, CommentId seen)
{
    return db
        .query(R"(
        SELECT c.id, c.service_request_id, c.user_id, c.text, c.visibility, c.created_at,
               u.first_name, u.last_name, u.username, u.role
          FROM service_comment c LEFT JOIN auth_user u ON u.id = c.user_id
         WHERE c.service_request_id = $1 AND c.id > $2 AND c.visibility = 'public'
           AND (u.role IS NULL OR u.role = 'customer')
         ORDER BY c.id DESC LIMIT 1)",
            service_request, seen.value)
        .first(comment_from_row);
}

std::optional<Comment> find_newest_of_colleagues(
    db::Connection& db, ServiceRequestId service_request, UserId me, CommentId shown)
{
    return db
        .query(R"(
        SELECT c.id, c.service_request_id, c.user_id, c.text, c.visibility, c.created_at,
               u.first_name, u.last_name, u.username, u.role
          FROM service_comment c JOIN auth_user u ON u.id = c.user_id
         WHERE c.service_request_id = $1 AND c.id > $2 AND c.visibility = 'public' AND u.role <> 'customer'
           AND u.id <> $3
           AND c.id > COALESCE((SELECT MAX(own.id) FROM service_comment own
                                 WHERE own.service_request_id = $1 AND own.user_id = $3 AND own.visibility = 'public'), 0)
         ORDER BY c.id DESC LIMIT 1)",
            service_request, shown.value, me)
        .first(comment_from_row);
}

std::optional<Comment> find_newest(db::Connection& db, ServiceRequestId service_request, base::Visibility deepest)
{
    return db
        .query(R"(
        SELECT c.id, c.service_request_id, c.user_id, c.text, c.visibility, c.created_at,
               u.first_name, u.last_name, u.username, u.role
          FROM service_comment c LEFT JOIN auth_user u ON u.id = c.user_id
         WHERE c.service_request_id = $1 AND (c.visibility = 'public' OR $2 = 1)
         ORDER BY c.id DESC LIMIT 1)",
            service_request, deepest == base::Visibility::Internal)
        .first(comment_from_row);
}

Comment get_comment(db::Connection& db, CommentId id)
{
    auto found = db.query(R"(
        SELECT c.id, c.service_request_id, c.user_id, c.text, c.visibility, c.created_at,
               u.first_name, u.last_name, u.username, u.role
          FROM service_comment c LEFT JOIN auth_user u ON u.id = c.user_id
         WHERE c.id = $1)",
                       id)
                     .first(comment_from_row);
    if (!found) {
        throw base::NotFound("no such comment");
    }
    return *std::move(found);
}

} // namespace comments
