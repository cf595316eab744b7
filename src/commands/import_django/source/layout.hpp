#pragma once

#include "commands/import_django/source/choices.hpp"
#include "commands/import_django/source/source.hpp"

#include <string>
#include <vector>

namespace commands::import_django {

// The fields of each noun that we look for, in the order of SourceTable::columns.
namespace user_field {
enum : std::size_t
{
    Username,
    Password,
    FirstName,
    LastName,
    Email,
    IsSuperuser,
    IsStaff,
    IsActive,
    DateJoined,
    LastLogin,
    count
};
}
namespace account_field {
enum : std::size_t
{
    User,
    Number,
    Address,
    Phone,
    count
};
}
namespace request_field {
enum : std::size_t
{
    User,
    Account,
    Type,
    Description,
    Status,
    SubmittedAt,
    ResolvedAt,
    Address,
    count
};
}
namespace comment_field {
enum : std::size_t
{
    Request,
    User,
    Text,
    IsInternal,
    CreatedAt,
    count
};
}
namespace notification_field {
enum : std::size_t
{
    Request,
    User,
    Message,
    IsRead,
    CreatedAt,
    count
};
}
namespace attachment_field {
enum : std::size_t
{
    Request,
    User,
    File,
    CreatedAt,
    count
};
}
namespace type_field {
enum : std::size_t
{
    Name,
    Slug,
    count
};
}

/// What a Django site's tables turned out to be. Tables that it lacks have no name; users and service requests are
/// always there.
struct Layout
{
    SourceTable users;
    SourceTable accounts;
    SourceTable requests;
    SourceTable comments;
    SourceTable notifications;
    /// A table of files, or the service requests once more when they have a column for one.
    SourceTable attachments;
    /// Request types, when they are a table; otherwise the service requests hold words.
    SourceTable types;
    /// Who belongs to which group, and the groups; empty when there are none.
    std::string memberships;
    std::string membership_user;
    std::string groups;
    /// Columns of these tables, and whole tables beside them, that are not taken over:
    /// "service_servicerequest.priority".
    std::vector<std::string> left_out;
};

/// Looks at tables, columns and foreign keys. Throws Refused, saying what is missing, for what is not such a site and
/// for one whose service requests have no type that we find.
Layout find_layout(db::ForeignDatabase& source, const Choices& choices);

} // namespace commands::import_django
