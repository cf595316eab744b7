#pragma once

#include "outbox/outbox.hpp"

namespace outbox {

enum class State : std::uint8_t
{
    Waiting,
    Accepted,
    GivenUp
};
/// "waiting", "accepted", "given_up": in the database and in web addresses.
std::string_view state_name(State state);
/// Nothing for any other name.
std::optional<State> parse_state(std::string_view name);

/// A mail as the staff see it: to whom, and what came of it. Never its secret.
struct Listed
{
    MailId id;
    std::optional<Kind> kind;
    std::string to_address;
    UserId user;
    ServiceRequestId service_request;
    base::Time created_at{};
    base::Time queued_at{};
    State state = State::Waiting;
    /// Tries that a server answered.
    std::int64_t attempts = 0;
    /// Of a waiting one: when it is tried next.
    base::Time due_at{};
    std::optional<base::Time> ended_at;
    std::string server;
    std::string answer;
    /// Where it goes when it is sent again; empty while it waits and when it was sent there again already.
    std::string again_to;
    /// The daily mail of its reader tells it.
    bool is_in_digest = false;
};

inline constexpr std::size_t most_of_request = 50;
/// The newest about one service request, newest first.
std::vector<Listed> list_mail_of(db::Connection& db, ServiceRequestId service_request);

struct Filter
{
    std::optional<State> state;
    /// Only older than this one; zero for the first page.
    MailId before;
};
inline constexpr std::size_t page_size = 50;
/// Newest first, at most page_size + 1.
std::vector<Listed> list_mail(db::Connection& db, const Filter& filter);

/// Nothing when it is not there any more.
std::optional<Listed> find_mail(db::Connection& db, MailId id);

struct Figures
{
    /// Without what a daily mail tells.
    std::int64_t waiting = 0;
    /// Since when the oldest of them is tried; not of what was put off.
    std::optional<base::Time> oldest;
    /// In the last seven days.
    std::int64_t given_up = 0;
    /// What the newest waiting one with an answer was told; empty when none was told anything.
    std::string last_error;
};
Figures count_mail(db::Connection& db, base::Time now);

} // namespace outbox
