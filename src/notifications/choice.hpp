#pragma once
// How somebody wants to be told: which occasions, on the site and by mail, and when mail may come. What is about safety
// or the own sign-in is no occasion here: it is always told at once.

#include "base/ids.hpp"
#include "base/visitor.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace notifications {

/// What somebody may switch off.
enum class Occasion : std::uint8_t
{
    // A customer's.
    /// We received the own service request.
    Received,
    /// The staff replied.
    Replied,
    /// The own service request was resolved or opened again.
    Status,
    // The staff's.
    /// A customer wrote, which may have opened a resolved service request again.
    Commented,
    /// A colleague took over or resolved an emergency of the own ones.
    TakenOver
};
/// The name in the database and in forms.
std::string_view occasion_name(Occasion occasion);
/// Nothing for any other name.
std::optional<Occasion> parse_occasion(std::string_view name);
/// The name under which mail that tells several occasions is switched off.
inline constexpr std::string_view digest_name = "digest";

/// One occasion for one person: whether it is told there. Nothing where it never is.
struct Choice
{
    Occasion occasion = Occasion::Received;
    std::optional<bool> site;
    std::optional<bool> mail;
};
/// What a role is asked about, with what holds for whoever never chose.
std::span<const Choice> usual_choices(base::Role role);

/// When mail of occasions goes out.
enum class Pace : std::uint8_t
{
    AtOnce,
    Daily,
    Never
};
/// "at_once", "daily", "never": in the database and in forms.
std::string_view pace_name(Pace pace);
std::optional<Pace> parse_pace(std::string_view name);

/// Minutes after midnight, by the clocks of the person's zone.
using TimeOfDay = std::chrono::minutes;

/// Mail waits from one time to the other, also over midnight.
struct QuietTime
{
    TimeOfDay from{};
    TimeOfDay until{};

    friend bool operator==(const QuietTime&, const QuietTime&) = default;
};

struct Plan
{
    Pace pace = Pace::AtOnce;
    /// Of the daily mail.
    TimeOfDay digest_at{std::chrono::hours(8)};
    std::optional<QuietTime> quiet = {};
    /// Its name; empty for the site's.
    std::string time_zone = {};
    /// Zero before the first choice.
    std::int64_t version = 0;
};
/// When the quiet time that holds at `at` ends; `at` itself when none does. A time that clocks show twice counts when
/// they show it first; one that they skip ends when they are set forward.
base::Time end_of_quiet(const Plan& plan, const base::Zone& zone, base::Time at);
/// The first time after `at` at which the daily mail goes out; one for each day.
base::Time next_digest(const Plan& plan, const base::Zone& zone, base::Time at);

struct Choices
{
    Plan plan;
    /// In the order of usual_choices().
    std::vector<Choice> occasions;
};
Choices find_choices(db::Connection& db, UserId user, base::Role role);
/// Save over the version that the plan names; one that is as usual leaves no row. False when somebody changed them
/// since then: nothing is written.
bool set_choices(db::Transaction& tx, UserId user, base::Role role, const Choices& choices);
/// Switch the mail of an occasion off, or all of it for digest_name. Forms that were drawn before are stale then.
/// Nothing for a user who is gone.
void set_mail_off(db::Transaction& tx, UserId user, std::string_view occasion);
/// The plans of several users; those who never chose are left out.
std::map<UserId, Plan> list_plans(db::Connection& db, std::span<const UserId> users);

/// What the link in a mail switches off.
struct SwitchOff
{
    UserId user;
    /// Of an occasion, or digest_name.
    std::string occasion;
};
/// Text for the link's address that nobody can guess, sealed with the site's key.
std::string switch_off_token(std::string_view key, const SwitchOff& what);
/// Nothing for any text that is not one of ours.
std::optional<SwitchOff> read_switch_off(std::string_view key, std::string_view token);

} // namespace notifications
