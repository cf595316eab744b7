#include "db/postgres/url.hpp"

#include "db/connection.hpp"

#include <libpq-fe.h>

#include <array>
#include <memory>
#include <utility>

namespace db {

namespace {

// A server that vanished must cost seconds, not the quarter of an hour that TCP takes by itself.
constexpr std::array<std::pair<const char*, const char*>, 8> defaults{{
    {"application_name", "gas-utility"},
    {"client_encoding", "UTF8"},
    {"connect_timeout", "3"},
    {"keepalives", "1"},
    {"keepalives_idle", "5"},
    {"keepalives_interval", "2"},
    {"keepalives_count", "3"},
    {"tcp_user_timeout", "8000"},
}};

PostgresKeywords parsed(const std::string& url)
{
    char* raw_reason = nullptr;
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
        PQconninfoParse(url.c_str(), &raw_reason), PQconninfoFree);
    const std::unique_ptr<char, void (*)(void*)> reason(raw_reason, PQfreemem);
    if (options == nullptr) {
        // libpq quotes the URL, password and all, behind the first colon and quotation mark.
        const std::string text = reason == nullptr ? "no memory" : reason.get();
        throw Error("the database URL cannot be read: " + text.substr(0, text.find(": \"")) +
                    "; expected postgresql://user@host/database, special characters in it as %XX");
    }
    PostgresKeywords keywords;
    for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val != nullptr)
            keywords.emplace(option->keyword, option->val);
    }
    return keywords;
}

std::string value_of(const PostgresKeywords& keywords, const char* name)
{
    const auto found = keywords.find(name);
    return found == keywords.end() ? std::string() : found->second;
}

} // namespace

PostgresKeywords read_postgres_url(const std::string& url, PreparedStatements prepared)
{
    PostgresKeywords keywords = parsed(url);
    for (const auto& [keyword, value] : defaults)
        keywords.emplace(keyword, value);
    // After a failover the old primary may still answer, but takes nothing. PgBouncer goes on telling what its first
    // server was, a standby perhaps (pgbouncer #859), and nobody would get in; where it leads to is its own matter.
    const bool is_pooler =
        prepared == PreparedStatements::Off && value_of(keywords, "host").find(',') == std::string::npos;
    keywords.emplace("target_session_attrs", is_pooler ? "any" : "read-write");
    return keywords;
}

std::string shown_postgres_url(const std::string& url)
{
    try {
        const PostgresKeywords keywords = parsed(url);
        const std::string user = value_of(keywords, "user");
        const std::string port = value_of(keywords, "port");
        return "postgresql://" + (user.empty() ? "" : user + "@") + value_of(keywords, "host") +
               (port.empty() ? "" : ":" + port) + "/" + value_of(keywords, "dbname");
    } catch (const Error&) {
        return "the PostgreSQL database";
    }
}

} // namespace db
