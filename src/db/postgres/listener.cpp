#include "db/postgres/listener.hpp"

#include "base/log.hpp"

#include <libpq-fe.h>
#include <poll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace db {

namespace {

using namespace std::chrono_literals;

// Each is a transaction with a commit of its own and wakes every node.
constexpr auto between_notifications = 20ms;
// A silent connection is asked whether it still lives.
constexpr auto longest_silence = 5s;
constexpr auto longest_answer = 2s;
constexpr auto first_pause = 100ms;
constexpr auto longest_pause = 1s;

constexpr const char* listen_statement = "LISTEN gas_utility";
constexpr const char* notify_statement = "NOTIFY gas_utility";

base::Descriptor make_wake_descriptor()
{
    base::Descriptor descriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    if (!descriptor)
        throw std::system_error(errno, std::generic_category(), "eventfd");
    return descriptor;
}

} // namespace

void PostgresListener::Closer::operator()(pg_conn* connection) const noexcept
{
    PQfinish(connection);
}

PostgresListener::PostgresListener(PostgresKeywords keywords, std::function<void()> heard)
    : keywords_(std::move(keywords)), heard_(std::move(heard)), wake_descriptor_(make_wake_descriptor())
{
    keywords_["application_name"] = "gas-utility listener";
    thread_ = std::thread([this] { run(); });
}

PostgresListener::~PostgresListener()
{
    is_stopping_ = true;
    wake();
    thread_.join();
}

void PostgresListener::tell() noexcept
{
    if (!is_due_.exchange(true))
        wake();
}

void PostgresListener::wake() noexcept
{
    // Only a full counter refuses, and that wakes too.
    [[maybe_unused]] const int done = ::eventfd_write(wake_descriptor_.get(), 1);
}

void PostgresListener::run()
{
    bool is_complained_of = false;
    auto pause_for = std::chrono::milliseconds(first_pause);
    while (!is_stopping_) {
        if (connect()) {
            is_complained_of = false;
            pause_for = first_pause;
            serve();
        }
        if (is_stopping_)
            return;
        if (!std::exchange(is_complained_of, true))
            base::log::warning("live pages hear of other nodes only once a second until PostgreSQL is reached again");
        connection_.reset();
        pause(pause_for);
        pause_for = std::min<std::chrono::milliseconds>(pause_for * 2, longest_pause);
    }
}

bool PostgresListener::connect()
{
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (const auto& [name, value] : keywords_) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    connection_.reset(PQconnectdbParams(names.data(), values.data(), 0));
    is_waiting_ = false;
    return PQstatus(connection_.get()) == CONNECTION_OK && PQsetnonblocking(connection_.get(), 1) == 0 &&
           send(listen_statement);
}

// Until the connection is lost or the listener is to stop.
void PostgresListener::serve()
{
    bool is_first = true;
    while (!is_stopping_) {
        wait(PQsocket(connection_.get()), wait_ms());
        if (!take_input())
            return;
        // From here on notifications come; what was committed before may have been missed.
        if (is_first && !is_waiting_) {
            is_first = false;
            heard_();
        }
        if (is_waiting_ && Clock::now() - sent_at_ > longest_answer)
            return;
        if (!is_waiting_)
            send_what_is_due();
        if (PQstatus(connection_.get()) != CONNECTION_OK)
            return;
    }
}

bool PostgresListener::take_input()
{
    PGconn* const connection = connection_.get();
    if (PQconsumeInput(connection) != 1 || PQflush(connection) < 0)
        return false;
    while (is_waiting_ && PQisBusy(connection) == 0) {
        PGresult* const result = PQgetResult(connection);
        is_waiting_ = result != nullptr;
        const bool has_failed = is_waiting_ && PQresultStatus(result) == PGRES_FATAL_ERROR;
        PQclear(result);
        if (has_failed)
            return false;
    }
    bool is_news = false;
    while (PGnotify* const notification = PQnotifies(connection)) {
        // Our own come back too.
        is_news = is_news || notification->be_pid != PQbackendPID(connection);
        PQfreemem(notification);
    }
    if (is_news)
        heard_();
    return true;
}

bool PostgresListener::send(const char* statement)
{
    is_waiting_ = PQsendQuery(connection_.get(), statement) == 1;
    sent_at_ = Clock::now();
    return is_waiting_ && PQflush(connection_.get()) >= 0;
}

void PostgresListener::send_what_is_due()
{
    const auto since = Clock::now() - sent_at_;
    if (since >= between_notifications && is_due_.exchange(false))
        send(notify_statement);
    else if (since >= longest_silence)
        send("");
}

int PostgresListener::wait_ms() const
{
    auto left = is_waiting_ ? sent_at_ + longest_answer - Clock::now() : sent_at_ + longest_silence - Clock::now();
    if (!is_waiting_ && is_due_)
        left = sent_at_ + between_notifications - Clock::now();
    return static_cast<int>(
        std::clamp<std::int64_t>(std::chrono::ceil<std::chrono::milliseconds>(left).count(), 0, 5000));
}

/// Until the socket (none: -1) has something, wake() was called, or the time has passed.
void PostgresListener::wait(int socket, int timeout_ms)
{
    std::array<pollfd, 2> descriptors{pollfd{.fd = wake_descriptor_.get(), .events = POLLIN, .revents = 0},
        pollfd{.fd = socket, .events = POLLIN, .revents = 0}};
    ::poll(descriptors.data(), descriptors.size(), timeout_ms);
    eventfd_t ignored = 0;
    ::eventfd_read(wake_descriptor_.get(), &ignored);
}

void PostgresListener::pause(std::chrono::milliseconds duration)
{
    const auto end = Clock::now() + duration;
    for (auto left = duration; !is_stopping_ && left > 0ms;
         left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()))
        wait(-1, static_cast<int>(left.count()));
}

} // namespace db
