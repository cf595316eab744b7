// How long the queue's questions take on a table of a given size:  queue_figures URL REQUESTS
// Fills the database at the URL when it has no service requests yet; always the same ones. Prints the quickest of 41
// runs in milliseconds: reading the rows of one page, without rendering it, when nothing else takes the processor.

#include "db/database.hpp"
#include "queue/overview.hpp"
#include "queue/queue.hpp"
#include "search/search.hpp"
#include "service_requests/counter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <limits>
#include <random>

namespace {

using service_requests::Status;

constexpr std::int64_t types = 7;
constexpr std::int64_t people = 2000;
constexpr base::Time last = base::from_millis(1'795'000'000'000);
constexpr std::chrono::hours span{24 * 365 * 2};

// What people write depends on the type: the words of one are rare or missing in another.
constexpr std::array<std::array<std::string_view, 8>, types> vocabulary{
    {{"smell", "gas", "hissing", "basement", "strong", "outside", "rotten", "eggs"},
        {"cold", "heat", "furnace", "nothing", "since", "morning", "children", "pressure"},
        {"boiler", "repair", "valve", "noise", "please", "check", "loud", "old"},
        {"new", "line", "stove", "connect", "garage", "date", "permit", "plan"},
        {"meter", "reading", "number", "photo", "digits", "wrong", "estimate", "dial"},
        {"bill", "high", "payment", "charged", "twice", "name", "address", "refund"},
        {"question", "appointment", "moved", "letter", "thank", "other", "street", "neighbor"}}};

std::string description_of(std::int64_t type, std::mt19937_64& random)
{
    std::string text;
    for (int i = 0; i < 9; ++i)
        text += fmt::format("{} ", vocabulary[static_cast<std::size_t>(type - 1)][random() % 8]);
    return text + fmt::format("detail{}", random() % 5000);
}

void add_people(db::Transaction& tx)
{
    for (std::int64_t n = 1; n <= people; ++n)
        tx.apply("INSERT INTO auth_user (id, password, username, first_name, last_name, date_joined)"
                 " VALUES ($1, '!', $2, 'Pat', $3, 0)",
            n, fmt::format("customer{:04}", n), fmt::format("family{}", n % 200));
}

void add_request(db::Transaction& tx, std::int64_t id, std::int64_t count)
{
    std::mt19937_64 random(static_cast<std::uint64_t>(id));
    const std::int64_t type = id % 4001 == 0 ? 1 : 2 + static_cast<std::int64_t>(random() % (types - 1));
    const bool is_open = type == 1 ? id > count - 40'000 : random() % 12 == 0;
    const base::Time submitted =
        last - std::chrono::duration_cast<std::chrono::milliseconds>(span) * (count - id) / count;
    const base::Time updated = is_open ? submitted : submitted + std::chrono::minutes(random() % 9000);
    const db::Value resolved = is_open ? db::Value() : db::Value(updated);
    const std::int64_t user = 1 + static_cast<std::int64_t>(random() % people);
    const std::string text = description_of(type, random);
    tx.apply(R"(
        INSERT INTO service_servicerequest (id, user_id, request_type_id, description, status, submitted_at, resolved_at,
                                            updated_at, is_emergency, address, address_key)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10))",
        id, user, type, text, service_requests::status_name(is_open ? Status::Pending : Status::Resolved), submitted,
        resolved, updated, type == 1, fmt::format("{} elm street", user));
    if (is_open)
        service_requests::count_open(
            tx, {.id = ServiceRequestId{id}, .type = RequestTypeId{type}, .submitted_at = submitted}, 1);
    search::add_words(tx, ServiceRequestId{id},
        {.text = fmt::format("SR-{:05} customer{:04} pat family{} {} elm street {}", id, user, user % 200, user, text),
            .type = RequestTypeId{type},
            .status = is_open ? Status::Pending : Status::Resolved});
}

void fill(db::Database& database, std::int64_t count)
{
    database.write(add_people);
    constexpr std::int64_t at_once = 500;
    for (std::int64_t first = 1; first <= count; first += at_once) {
        database.write([&](db::Transaction& tx) {
            for (std::int64_t id = first; id < first + at_once && id <= count; ++id)
                add_request(tx, id, count);
        });
        while (search::has_words_to_index(*database.read()))
            database.write([](db::Transaction& tx) { search::index_words(tx); });
    }
    database.write([](db::Transaction& tx) {
        search::index_words(tx);
        search::compact_index(tx);
        tx.apply("ANALYZE");
    });
}

double quickest_ms(db::Database& database, const std::function<void(db::Connection&)>& work)
{
    double quickest = std::numeric_limits<double>::max();
    for (int run = 0; run < 41; ++run) {
        const auto lease = database.read();
        const auto begun = std::chrono::steady_clock::now();
        work(*lease);
        const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begun;
        quickest = std::min(quickest, taken.count());
    }
    return quickest;
}

void overview(db::Connection& db)
{
    queue::count_queue(db, last - std::chrono::hours(12));
    for (const int days : {1, 8, 31})
        queue::count_open_between(db, last - std::chrono::hours(24 * days), last);
    queue::count_open_between(db, base::Time{}, last - std::chrono::hours(24 * 31));
    queue::count_open_by_type(db);
    queue::list_waiting_emergencies(db);
}

struct Question
{
    const char* name;
    search::Filter filter;
};

std::vector<Question> questions()
{
    const base::Time middle = last - span / 2;
    const std::vector<RequestTypeId> billing{RequestTypeId{6}};
    const auto updated = search::Sort::Updated;
    return {{"words: common", {.search = "meter"}}, {"words: rare", {.search = "detail77"}},
        {"type + words: common", {.types = billing, .search = "bill"}},
        {"type + words: two", {.types = billing, .search = "bill refund"}},
        {"type + words: somebody", {.types = billing, .search = "family42"}},
        {"type + words: none match", {.types = billing, .search = "meter"}},
        {"two types + words: oldest",
            {.types = {RequestTypeId{6}, RequestTypeId{3}}, .search = "meter", .sort = search::Sort::Oldest}},
        {"date + words: a month", {.from = middle, .until = middle + std::chrono::hours(720), .search = "meter"}},
        {"date + words: a day, somebody",
            {.from = middle, .until = middle + std::chrono::hours(24), .search = "family42"}},
        {"date + words: a month, somebody, oldest", {.from = middle,
                                                        .until = middle + std::chrono::hours(720),
                                                        .search = "family42",
                                                        .sort = search::Sort::Oldest}},
        {"type + date + words",
            {.types = billing, .from = middle, .until = middle + std::chrono::hours(720), .search = "refund"}},
        {"status + words", {.status = Status::Pending, .search = "meter"}},
        {"updated, words: common", {.search = "meter", .sort = updated}},
        {"updated, type + words: none match", {.types = billing, .search = "meter", .sort = updated}},
        {"updated, date + words",
            {.from = middle, .until = middle + std::chrono::hours(24), .search = "meter", .sort = updated}},
        {"status + type, no words", {.status = Status::Pending, .types = billing}},
        {"resolved today + words",
            {.status = Status::Resolved, .resolved_from = last - std::chrono::hours(12), .search = "meter"}}};
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        fmt::print(stderr, "usage: queue_figures URL REQUESTS\n");
        return 2;
    }
    const auto database = db::Database::open({.url = argv[1]});
    db::migrate(*database);
    if (database->read()->query("SELECT COUNT(*) FROM service_servicerequest").integer() == 0)
        fill(*database, std::atoll(argv[2]));
    fmt::print("overview\t{:.2f}\n", quickest_ms(*database, overview));
    for (const auto& [name, filter] : questions()) {
        std::size_t rows = 0;
        const double taken =
            quickest_ms(*database, [&](db::Connection& db) { rows = queue::list_queue(db, filter).size(); });
        fmt::print("{}\t{:.2f}\t{} rows\n", name, taken, rows);
    }
    return 0;
}
