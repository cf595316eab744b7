#pragma once
// base/ knows nothing of the web or of SQL: ids, clock and time, text, errors, the visitor, randomness, the log.
// Everything else may include it; it includes nothing of ours.

#include <compare>
#include <cstdint>
#include <functional>

namespace base {

/// A database key that cannot be mistaken for another table's key. Zero means "not stored yet".
template <typename Tag>
struct Id
{
    std::int64_t value = 0;

    constexpr Id() = default;
    constexpr explicit Id(std::int64_t number) : value(number) {}

    /// True when it names a stored row.
    constexpr explicit operator bool() const { return value != 0; }
    friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

/// Found by argument-dependent look-up: lets templates print an id.
template <typename Tag>
constexpr std::int64_t to_text(Id<Tag> id)
{
    return id.value;
}

} // namespace base

template <typename Tag>
struct std::hash<base::Id<Tag>>
{
    std::size_t operator()(base::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};

using UserId = base::Id<struct UserTag>;
using AccountId = base::Id<struct AccountTag>;
using RequestTypeId = base::Id<struct RequestTypeTag>;
using ServiceRequestId = base::Id<struct ServiceRequestTag>;
using CommentId = base::Id<struct CommentTag>;
using AttachmentId = base::Id<struct AttachmentTag>;
using NotificationId = base::Id<struct NotificationTag>;
using EventId = base::Id<struct EventTag>;
