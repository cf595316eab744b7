#pragma once

#include "service_requests/counter.hpp"
#include "service_requests/service_request.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace search {

enum class Sort : std::uint8_t
{
    Newest,
    Oldest,
    Updated
};

/// Open emergencies that nobody has, or of these only those in which a person can't leave.
enum class Ringing : std::uint8_t
{
    Any,
    Yes,
    CannotLeave
};

/// The staff's filter: what the queue's address holds. Everything is optional.
struct Filter
{
    std::optional<service_requests::Status> status;
    std::vector<RequestTypeId> types;
    /// Of this user, or of this account; zero for any.
    UserId user;
    AccountId account;
    Ringing ringing = Ringing::Any;
    /// Submitted at or after / before.
    std::optional<base::Time> from;
    std::optional<base::Time> until;
    /// Resolved at or after.
    std::optional<base::Time> resolved_from;
    /// Words, each of which must occur in reference, user name, full name, email, account number, address, type or
    /// description. The last one may be the beginning of a word if it is longer than one letter.
    std::string search;
    Sort sort = Sort::Newest;
    std::size_t page_size = 25;
    /// Where the page begins: the sort value (submitted or updated, in milliseconds) and id of the row before it;
    /// nothing for the first page. With a search, Newest and Oldest go by id alone.
    struct Position
    {
        std::int64_t sort_value = 0;
        ServiceRequestId id;
    };
    std::optional<Position> position;
    /// Where the ids are that the dates can have; list_matches() finds out.
    service_requests::IdBounds bounds = {};
    /// Only those of these that fit; empty for any.
    std::vector<ServiceRequestId> only;
};

/// Appends " AND … IN (…)" for filter.only.
void add_only(db::SqlBuilder& sql, const Filter& filter, db::Sql id);
/// Appends " AND …" for whose they are, and for those that ring.
void add_owner(db::SqlBuilder& sql, const Filter& filter);
/// Appends " AND …" for status, owner, types and dates, when something else leads through the rows in order.
void add_row_filters(db::SqlBuilder& sql, const Filter& filter, db::Engine engine);
/// Appends the statement for one page without a search; a test asks the planner about it.
void add_browse_sql(db::SqlBuilder& sql, const Filter& filter, db::Engine engine);
/// Appends what follows WHERE in that statement, for other columns of `r` than those of a list.
void add_browse_conditions(db::SqlBuilder& sql, const Filter& filter, db::Engine engine);
/// The bounds of a page of matches whose order is that of their ids: those of the dates and of the position.
service_requests::IdBounds match_bounds(const Filter& filter);
/// Appends where a page of matches begins, its order and its length. `id` is the column that the matches are walked by.
void add_match_position(db::SqlBuilder& sql, const Filter& filter, db::Sql id);
/// Appends " ORDER BY …": the order of matches.
void add_match_order(db::SqlBuilder& sql, const Filter& filter, db::Sql id);

} // namespace search
