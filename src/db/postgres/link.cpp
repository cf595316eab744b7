#include "db/postgres/link.hpp"

#include "db/connection.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <string_view>
#include <utility>

namespace db {

namespace {

constexpr int text_format = 0;
constexpr int binary_format = 1;
constexpr std::size_t kept_parameter_bytes = 64 * 1024;
constexpr std::size_t longest_integer = 20;

// One line, because it goes into the log.
std::string one_line(std::string text)
{
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string message_of(const PGconn* connection)
{
    return one_line(PQerrorMessage(connection));
}

std::string explained(const PGconn* connection)
{
    const std::string text = message_of(connection);
    const bool is_pooler = text.find("unsupported startup parameter") != std::string::npos;
    return text + (is_pooler ? "; behind PgBouncer set GAS_UTILITY_DATABASE_PREPARED=off" : "");
}

bool is_failure(const PGresult* result)
{
    const ExecStatusType status = PQresultStatus(result);
    return status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY;
}

std::size_t bytes_of(const Value& value)
{
    switch (value.kind()) {
    case Value::Kind::Null:
        return 0;
    case Value::Kind::Integer:
        return longest_integer + 1;
    case Value::Kind::Text:
    case Value::Kind::Blob:
        break;
    }
    return value.text().size() + 1;
}

} // namespace

void PostgresResultClearer::operator()(pg_result* result) const noexcept
{
    PQclear(result);
}

void PostgresParameters::set(std::span<const Value> values)
{
    pointers_.clear();
    lengths_.clear();
    formats_.clear();
    bytes_.clear();
    if (bytes_.capacity() > kept_parameter_bytes)
        bytes_ = std::string();
    std::size_t bytes = 0;
    for (const Value& value : values)
        bytes += bytes_of(value);
    // Reserved whole, because the pointers point into it.
    bytes_.reserve(bytes);
    for (const Value& value : values)
        add(value);
}

void PostgresParameters::add(const Value& value)
{
    const char* const start = bytes_.data() + bytes_.size();
    std::array<char, longest_integer> digits{};
    std::string_view text = value.text();
    if (value.kind() == Value::Kind::Integer) {
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value.integer()).ptr;
        text = {digits.data(), static_cast<std::size_t>(end - digits.data())};
    } else if (value.kind() == Value::Kind::Text && text.find('\0') != std::string_view::npos) {
        throw Error("PostgreSQL cannot hold text with a zero byte");
    }
    if (text.size() > static_cast<std::size_t>(INT_MAX))
        throw Error("value too long");
    bytes_.append(text);
    bytes_ += '\0';
    pointers_.push_back(value.kind() == Value::Kind::Null ? nullptr : start);
    lengths_.push_back(static_cast<int>(text.size()));
    formats_.push_back(value.kind() == Value::Kind::Blob ? binary_format : text_format);
}

void PostgresLink::Closer::operator()(pg_conn* connection) const noexcept
{
    PQfinish(connection);
}

PostgresLink::PostgresLink(const PostgresKeywords& keywords)
{
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (const auto& [name, value] : keywords) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    connection_.reset(PQconnectdbParams(names.data(), values.data(), 0));
    PGconn* const connection = connection_.get();
    if (connection == nullptr || PQstatus(connection) != CONNECTION_OK)
        throw base::Unavailable("no connection to PostgreSQL: " + explained(connection));
    PQsetNoticeReceiver(connection, note_warning, this);
    if (PQsetnonblocking(connection, 1) != 0 || PQenterPipelineMode(connection) != 1)
        throw base::Unavailable("no connection to PostgreSQL: " + message_of(connection));
}

PostgresLink::~PostgresLink() = default;

void PostgresLink::note_warning(void* link, const pg_result* notice)
{
    const char* const severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (severity != nullptr && std::string_view(severity) == "WARNING")
        static_cast<PostgresLink*>(link)->warned_ = true;
}

void PostgresLink::lose(const std::string& reason)
{
    lost_ = true;
    throw PostgresLost("the connection to PostgreSQL is lost: " + reason);
}

void PostgresLink::check(int done)
{
    if (done != 1)
        lose(message_of(connection_.get()));
}

void PostgresLink::queue_prepare(const std::string& name, const std::string& sql)
{
    check(PQsendPrepare(connection_.get(), name.c_str(), sql.c_str(), 0, nullptr));
}

void PostgresLink::queue_execute(const std::string& name, const PostgresParameters& parameters)
{
    check(PQsendQueryPrepared(connection_.get(), name.c_str(), parameters.count(), parameters.pointers(),
        parameters.lengths(), parameters.formats(), binary_format));
}

void PostgresLink::queue_once(const std::string& sql, const PostgresParameters& parameters)
{
    check(PQsendQueryParams(connection_.get(), sql.c_str(), parameters.count(), nullptr, parameters.pointers(),
        parameters.lengths(), parameters.formats(), binary_format));
}

void PostgresLink::send()
{
    check(PQpipelineSync(connection_.get()));
    ++waiting_;
}

void PostgresLink::wait(short events, Clock::time_point limit)
{
    pollfd descriptor{.fd = PQsocket(connection_.get()), .events = events, .revents = 0};
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(limit - Clock::now()).count();
        const int timeout = static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
        const int ready = ::poll(&descriptor, 1, timeout);
        if (ready > 0)
            return;
        if (ready < 0 && errno != EINTR)
            lose("poll failed");
        if (Clock::now() >= limit)
            lose("no answer in time");
    }
}

// While something waits to be sent, what comes in is taken too: the server may be waiting for that.
void PostgresLink::flush(Clock::time_point limit)
{
    for (;;) {
        const int left = PQflush(connection_.get());
        if (left == 0)
            return;
        if (left < 0)
            lose(message_of(connection_.get()));
        wait(POLLIN | POLLOUT, limit);
        check(PQconsumeInput(connection_.get()));
    }
}

PostgresResult PostgresLink::next_result(Clock::time_point limit)
{
    while (PQisBusy(connection_.get()) == 1) {
        wait(POLLIN, limit);
        check(PQconsumeInput(connection_.get()));
    }
    return PostgresResult(PQgetResult(connection_.get()));
}

PostgresReply PostgresLink::receive(Clock::time_point limit)
{
    PostgresReply reply;
    warned_ = false;
    flush(limit);
    for (int nothing = 0;;) {
        PostgresResult result = next_result(limit);
        if (result == nullptr) {
            // One ends each step; two in a row end the connection.
            if (++nothing > 1)
                lose(message_of(connection_.get()));
            continue;
        }
        nothing = 0;
        const ExecStatusType status = PQresultStatus(result.get());
        if (status == PGRES_PIPELINE_SYNC)
            break;
        if (status == PGRES_PIPELINE_ABORTED)
            continue;
        if (is_failure(result.get())) {
            const char* const severity = PQresultErrorField(result.get(), PG_DIAG_SEVERITY_NONLOCALIZED);
            const std::string_view how = severity == nullptr ? "" : severity;
            if (how != "ERROR" && status == PGRES_FATAL_ERROR)
                lose(one_line(PQresultErrorMessage(result.get())));
            reply.error = std::move(result);
        } else {
            ++reply.succeeded;
            reply.last = std::move(result);
        }
    }
    --waiting_;
    reply.warned = warned_;
    return reply;
}

PostgresResult PostgresLink::run_script(const std::string& script)
{
    check(PQexitPipelineMode(connection_.get()));
    check(PQsendQuery(connection_.get(), script.c_str()));
    flush(Clock::time_point::max());
    PostgresResult last;
    while (PostgresResult result = next_result(Clock::time_point::max())) {
        if (last == nullptr || !is_failure(last.get()) || is_failure(result.get()))
            last = std::move(result);
    }
    if (PQstatus(connection_.get()) != CONNECTION_OK)
        lose(message_of(connection_.get()));
    check(PQenterPipelineMode(connection_.get()));
    return last;
}

std::string PostgresLink::parameter(const char* name) const
{
    const char* const text = PQparameterStatus(connection_.get(), name);
    return text == nullptr ? std::string() : text;
}

int PostgresLink::server_version() const
{
    return PQserverVersion(connection_.get());
}

} // namespace db
