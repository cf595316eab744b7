#include "search/words.hpp"

#include "base/error.hpp"
#include "base/phone/phone.hpp"
#include "base/reference.hpp"
#include "search/search.hpp"

#include <initializer_list>
#include <string>
#include <tuple>
#include <vector>

namespace search {

namespace {

constexpr std::int64_t most_comments = 2000;
constexpr std::size_t most_bytes_at_once = std::size_t{64} * 1024;

/// "4410-2087-33" is found by its parts and, as here, typed in one piece.
std::string without_hyphens(std::string text)
{
    std::erase(text, '-');
    return text;
}

void append_words(std::string& all, std::string_view words)
{
    all.append(" ").append(words);
}

void append_phones(std::string& all, std::initializer_list<std::string_view> phones)
{
    for (const std::string_view phone : phones) {
        append_words(all, base::phone_words(phone));
    }
}

/// Comments, notes and names of files, the newest first: what is said in a conversation that goes on for years is not
/// stored without end.
void append_conversation(std::string& all, db::Connection& db, ServiceRequestId id)
{
    constexpr std::size_t longest = std::size_t{128} * 1024;
    const std::size_t most = all.size() + longest;
    for (const db::Row row :
        db.query("SELECT name FROM service_attachment WHERE service_request_id = $1 ORDER BY id DESC", id)) {
        if (all.size() < most)
            append_words(all, row.text(0));
    }
    for (const db::Row row :
        db.query("SELECT text FROM service_comment WHERE service_request_id = $1 ORDER BY id DESC LIMIT $2", id,
            most_comments)) {
        if (all.size() < most)
            append_words(all, row.text(0));
    }
}

/// Everything about a service request that the queue's search looks at.
SearchText searchable_text(db::Connection& db, ServiceRequestId id)
{
    auto text = db.query(R"(
        SELECT u.username, u.first_name, u.last_name, u.email, a.account_number, a.address, t.name,
               r.address, r.contact_name, r.description, r.status, r.request_type_id, r.contact_phone, u.phone,
               a.phone_number
          FROM service_servicerequest r
          LEFT JOIN service_request_type t ON t.id = r.request_type_id
          LEFT JOIN auth_user u ON u.id = r.user_id
          LEFT JOIN service_account a ON a.id = r.account_id
         WHERE r.id = $1)",
                      id)
                    .first([&](const db::Row& row) {
                        std::string all = base::reference(id) + " " + without_hyphens(row.string(4));
                        for (int column = 0; column < 10; ++column) {
                            append_words(all, row.text(column));
                        }
                        append_phones(all, {row.text(12), row.text(13), row.text(14)});
                        return SearchText{.text = std::move(all),
                            .type = row.id<RequestTypeId>(11),
                            .status = service_requests::parse_status(row.text(10)).value()};
                    });
    if (!text) {
        throw base::NotFound("no such service request");
    }
    append_conversation(text->text, db, id);
    return *std::move(text);
}

bool is_behind(db::Connection& db, ServiceRequestId id)
{
    return db.query("SELECT service_request_id FROM service_search_behind WHERE service_request_id = $1 LIMIT 1", id)
        .first([](const db::Row& row) { return row.integer(0); })
        .has_value();
}

ServiceRequestId id_from_row(const db::Row& row)
{
    return row.id<ServiceRequestId>(0);
}

} // namespace

void add_search_words(db::Transaction& tx, ServiceRequestId id)
{
    add_words(tx, id, searchable_text(tx, id));
}

void add_search_words(
    db::Transaction& tx, const service_requests::Added& added, const service_requests::NewServiceRequest& request)
{
    std::string all = base::reference(added.id) + " " + without_hyphens(added.account_number);
    for (const std::string_view words : {std::string_view(added.person), std::string_view(added.account_number),
             std::string_view(added.account_address), std::string_view(added.type_name),
             std::string_view(request.address), std::string_view(request.contact_name),
             std::string_view(request.description)}) {
        append_words(all, words);
    }
    append_phones(all, {request.contact_phone, added.person_phone, added.account_phone});
    add_words(tx, added.id, {.text = std::move(all), .type = request.type_id});
}

void update_search_words(db::Transaction& tx, ServiceRequestId id)
{
    replace_words(tx, id, searchable_text(tx, id));
}

void note_words_behind(db::Transaction& tx, ServiceRequestId id, std::int64_t comment)
{
    tx.apply("INSERT INTO service_search_behind (service_request_id, comment_id) VALUES ($1, $2)", id, comment);
}

bool has_words_behind(db::Connection& db)
{
    return db.query("SELECT COUNT(*) FROM (SELECT 1 FROM service_search_behind LIMIT 1) noted").integer() != 0;
}

ServiceRequestId store_words_behind(db::Transaction& tx, ServiceRequestId after, std::size_t most)
{
    std::size_t bytes = 0;
    ServiceRequestId last;
    for (const ServiceRequestId id :
        db::map_rows(tx.query(R"(SELECT DISTINCT service_request_id FROM service_search_behind
                                  WHERE service_request_id > $1 ORDER BY service_request_id LIMIT $2)",
                         after.value, most),
            id_from_row)) {
        if (bytes > most_bytes_at_once) {
            return last;
        }
        // First, because the words are then those of every comment whose note is removed.
        tx.apply("DELETE FROM service_search_behind WHERE service_request_id = $1", id);
        hold_words(tx, id);
        const SearchText text = searchable_text(tx, id);
        replace_words(tx, id, text);
        bytes += text.text.size();
        last = id;
    }
    return last;
}

void store_all_words_behind(db::Database& database)
{
    ServiceRequestId last;
    do {
        last = database.write([&](db::Transaction& tx) {
            const ServiceRequestId stored = store_words_behind(tx, last, most_stored_at_once);
            while (has_words_to_index(tx)) {
                index_words(tx);
            }
            return stored;
        });
    } while (last);
}

ServiceRequestId refold_search_words(db::Transaction& tx, ServiceRequestId after, std::size_t limit)
{
    const auto rows = db::map_rows(
        tx.query("SELECT id, address, address_key FROM service_servicerequest WHERE id > $1 ORDER BY id LIMIT $2",
            after.value, limit),
        [](const db::Row& row) { return std::tuple(row.id<ServiceRequestId>(0), row.string(1), row.string(2)); });
    for (const auto& [id, address, before] : rows) {
        if (const std::string key = service_requests::address_key(address); key != before) {
            tx.apply("UPDATE service_servicerequest SET address_key = $2 WHERE id = $1", id, key);
        }
        replace_words(tx, id, searchable_text(tx, id));
    }
    while (has_words_to_index(tx)) {
        index_words(tx);
    }
    return rows.empty() ? ServiceRequestId() : std::get<0>(rows.back());
}

ComparedWords compare_words(db::Connection& db)
{
    constexpr int most_attempts = 3;
    ComparedWords found;
    for (const ServiceRequestId id :
        db::map_rows(db.query("SELECT id FROM service_servicerequest ORDER BY id"), id_from_row)) {
        ++found.compared;
        bool is_right = false;
        // Somebody may change it between the two queries.
        for (int attempt = 0; attempt < most_attempts && !is_right; ++attempt) {
            is_right = has_words(db, id, searchable_text(db, id));
        }
        if (!is_right && !is_behind(db, id)) {
            found.wrong.push_back(id);
        }
    }
    return found;
}

} // namespace search
