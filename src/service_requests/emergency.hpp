#pragma once
// Who takes care of an open emergency.

#include "base/act.hpp"
#include "base/ids.hpp"
#include "db/connection.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace service_requests {

enum class Taking : std::uint8_t
{
    Done,
    /// The act's visitor has it instead of somebody else.
    TakenOver,
    /// The act's visitor has it already; nothing is written.
    AlreadyYours,
    /// Somebody else has it; nothing is written.
    AlreadyTaken,
    /// It is resolved, or no emergency; nothing is written.
    Over
};
struct TakingResult
{
    Taking taking = Taking::Over;
    /// What was taken: the emergency and those folded into it.
    std::vector<ServiceRequestId> taken = {};
    /// Those folded into it that were not taken, because nobody had seen them: the first one leads the others.
    std::vector<ServiceRequestId> left = {};
};
/// Lock an emergency until the commit, so that nothing is folded into it, and list those that are and nobody has.
std::vector<ServiceRequestId> hold_fold(db::Transaction& tx, ServiceRequestId id);
/// Note that the act's visitor takes care of an open emergency that nobody has, and of those folded into it but not of
/// those of `unseen`, which become a fold of their own; the visitor becomes a participant. One that was folded stands
/// for itself again. Asks in the same statement. The version stays: forms that others have open are not stale. Throws
/// NotFound when there is no such service request, or when the visitor is not of the active staff.
TakingResult set_taken(
    db::Transaction& tx, const base::Act& act, ServiceRequestId id, std::span<const ServiceRequestId> unseen);

/// Let nobody have an open emergency that the act's visitor has, nor those folded into it, and return them; nothing is
/// written when the visitor does not have it. One that was folded stands for itself again.
std::vector<ServiceRequestId> set_given_back(db::Transaction& tx, const base::Act& act, ServiceRequestId id);
/// Let nobody have the open emergencies that this user has, and return them. Folds stay.
std::vector<ServiceRequestId> set_all_given_back(db::Transaction& tx, UserId by);
/// Note that the act's visitor takes care of an open emergency instead of `from`, and of those folded into it that
/// `from` has. Otherwise like set_taken(): it is taken when nobody has it any more, and AlreadyTaken when a third one
/// has it.
struct TakeOver
{
    ServiceRequestId id;
    UserId from;
    std::span<const ServiceRequestId> unseen = {};
};
TakingResult set_taken_over(db::Transaction& tx, const base::Act& act, const TakeOver& input);

/// Fold a new emergency into an open one that nobody has and that is not folded itself; false when that one is no
/// longer so. The other one is locked until the commit, so nobody takes or resolves it meanwhile and leaves this one
/// behind.
bool set_folded(db::Transaction& tx, ServiceRequestId id, ServiceRequestId into);
/// Let an emergency that is over stand for no other: of the open ones folded into it, the oldest of those with the
/// worst answer to whether everyone can leave takes its place.
void end_fold(db::Transaction& tx, ServiceRequestId id);

/// The open emergencies that this user has, oldest first.
struct InHand
{
    ServiceRequestId id;
    std::string address;
};
std::vector<InHand> list_in_hand(db::Connection& db, UserId user);

/// Which emergencies to resolve at once.
struct Fold
{
    ServiceRequestId first;
    /// Of those folded into it, up to this one: later ones nobody has seen yet.
    ServiceRequestId newest;
};
/// An open emergency that somebody has.
struct Held
{
    ServiceRequestId id;
    UserId by;
    std::string by_name;
    base::Time since{};
};
/// Of a fold, and of the emergencies that a page showed in it, those that somebody else than `viewer` has, by who took
/// them first. One that was taken for itself is no longer in the fold.
std::vector<Held> list_held_by_others(
    db::Connection& db, UserId viewer, const Fold& fold, std::span<const ServiceRequestId> shown);
inline constexpr std::size_t most_resolved_at_once = 500;
/// Resolve the first one and those folded into it, the oldest 500 at most, and return them; not those that somebody
/// else has, nor those whose customer wrote something that nobody has read. The rest has a new first one. The caller
/// has asked for the right.
std::vector<ServiceRequestId> set_fold_resolved(db::Transaction& tx, const base::Act& act, const Fold& fold);

} // namespace service_requests
