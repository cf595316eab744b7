#include "faults/audit.hpp"

#include "base/crypto.hpp"
#include "base/file.hpp"
#include "faults/rules.hpp"

#include <fmt/format.h>

#include <array>

namespace faults {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_complaints = 40;

/// What the store keeps beside files.
bool is_ours(const std::string& name)
{
    return name == "store-id" || name == "sweep-mark" || name == "store.lock";
}

bool is_trash(const fs::path& file)
{
    return file.parent_path().parent_path().filename() == "trash";
}

bool is_status_change(const Wish& wish)
{
    return wish.kind == "Resolved" || wish.kind == "Pending";
}

} // namespace

Baseline Baseline::of(DatabaseCopy& db)
{
    return {.service_request = db.number("SELECT COALESCE(MAX(id), 0) FROM service_servicerequest"),
        .comment = db.number("SELECT COALESCE(MAX(id), 0) FROM service_comment"),
        .submissions = db.number("SELECT COUNT(*) FROM service_submission")};
}

Audit::Audit(const AuditPaths& paths, const Baseline& baseline)
    : paths_(paths), baseline_(baseline), entries_(Ledger::load(paths.ledger)), db_(paths.database, paths.scratch)
{}

void Audit::complain(std::string text)
{
    if (complaints_.size() < most_complaints)
        complaints_.push_back(std::move(text));
}

std::vector<std::string> Audit::run(std::set<std::string>& verified)
{
    check_integrity();
    read_texts();
    read_files();
    for (const auto& [token, entry] : entries_)
        check_entry(entry);
    check_unasked();
    check_submissions();
    check_changes();
    check_rules();
    check_histories();
    check_named_files(verified);
    check_unnamed_files();
    return complaints_;
}

void Audit::check_integrity()
{
    // A server's rows were copied one by one; what is wrong with its own files is not to be seen here.
    if (db_.is_from_server())
        return;
    db_.each("PRAGMA integrity_check", [&](const auto& row) {
        if (row.text(0) != "ok")
            complain("integrity_check: " + row.text(0));
    });
    db_.each("PRAGMA foreign_key_check",
        [&](const auto& row) { complain(fmt::format("foreign_key_check: {} row {}", row.text(0), row.integer(1))); });
    db_.each("INSERT INTO service_search (service_search) VALUES ('integrity-check')", [](const auto&) {});
}

void Audit::add_text(const std::string& text, Text row)
{
    row.hash = base::hex(base::sha256(text));
    texts_.emplace(text.substr(0, text.find(' ')), std::move(row));
}

void Audit::read_texts()
{
    db_.each(fmt::format("SELECT r.id, u.username, r.description FROM service_servicerequest r "
                         "LEFT JOIN auth_user u ON u.id = r.user_id WHERE r.id > {}",
                 baseline_.service_request),
        [&](const auto& row) {
            add_text(row.text(2), {row.integer(0), 0, row.text(1), {}, false});
        });
    db_.each(fmt::format("SELECT c.id, c.service_request_id, u.username, c.visibility, c.text FROM service_comment c "
                         "LEFT JOIN auth_user u ON u.id = c.user_id WHERE c.id > {} ORDER BY c.id",
                 baseline_.comment),
        [&](const auto& row) {
            add_text(row.text(4), {row.integer(0), row.integer(1), row.text(2), {}, row.text(3) == "internal"});
        });
}

void Audit::read_files()
{
    db_.each("SELECT service_request_id, COALESCE(comment_id, 0), stored_name, sha256, size, visibility "
             "FROM service_attachment ORDER BY id",
        [&](const auto& row) {
            files_[{row.integer(0), row.integer(1)}].push_back(
                {row.text(2), row.text(3), row.integer(4), row.text(5) == "internal"});
            named_.insert(row.text(2));
        });
}

void Audit::check_entry(const Entry& entry)
{
    const auto [first, last] = texts_.equal_range(entry.wish.token);
    const auto count = std::distance(first, last);
    if (count > 1)
        complain(fmt::format("{} ({}) is there {} times", entry.wish.token, entry.wish.kind, count));
    if (entry.fate == Fate::Acknowledged && count == 0)
        complain(
            fmt::format("{} ({}) was acknowledged as {} and is lost", entry.wish.token, entry.wish.kind, entry.id));
    if (entry.fate == Fate::Rejected && count > 0)
        complain(fmt::format("{} ({}) was rejected and is there", entry.wish.token, entry.wish.kind));
    if (count > 0) {
        ++present_;
        check_row(entry, first->second);
    }
}

void Audit::check_row(const Entry& entry, const Text& row)
{
    const Wish& wish = entry.wish;
    const auto wrong = [&](std::string_view what) {
        complain(fmt::format("{} ({}) has {}", wish.token, wish.kind, what));
    };
    if (row.hash != wish.text_hash)
        wrong("another text");
    if (row.username != wish.username)
        wrong("another author");
    if (row.service_request != wish.service_request)
        wrong("another service request");
    if (row.is_internal != (wish.kind == "note"))
        wrong("another visibility");
    if (entry.fate == Fate::Acknowledged && entry.id != 0 && entry.id != row.id)
        wrong("another number than was answered");
    const bool is_request = wish.kind == "create";
    const auto files = files_.find(is_request ? Owner{row.id, 0} : Owner{row.service_request, row.id});
    std::vector<std::string> hashes;
    bool is_hidden_rightly = true;
    if (files != files_.end()) {
        for (const File& file : files->second) {
            hashes.push_back(file.hash);
            is_hidden_rightly = is_hidden_rightly && file.is_internal == row.is_internal;
        }
    }
    if (hashes != wish.file_hashes)
        wrong(fmt::format("{} attachments of {}, or others", hashes.size(), wish.file_hashes.size()));
    if (!is_hidden_rightly)
        wrong("an attachment of another visibility");
}

void Audit::check_unasked()
{
    for (const auto& [token, row] : texts_) {
        if (!entries_.contains(token))
            complain(fmt::format("nobody asked for \"{}\", which is there as {}", token, row.id));
    }
}

void Audit::check_submissions()
{
    std::int64_t expected = baseline_.submissions;
    for (const auto& [token, entry] : entries_) {
        if (texts_.contains(token))
            ++expected;
    }
    const std::int64_t stored = db_.number("SELECT COUNT(*) FROM service_submission");
    if (stored != expected)
        complain(fmt::format("{} submissions are remembered for {} results", stored, expected));
}

// Each change of status by the staff comes with a comment, so there are as many changes as such comments. A customer
// changes it by any comment on what is resolved.
void Audit::check_changes()
{
    std::map<std::int64_t, std::int64_t> changes;
    for (const auto& [token, entry] : entries_) {
        if (is_status_change(entry.wish) && texts_.contains(token))
            ++changes[entry.wish.service_request];
    }
    db_.each(
        fmt::format("SELECT r.id, COUNT(e.id) FROM service_servicerequest r LEFT JOIN service_event e "
                    "ON e.subject = 'service_request' AND e.subject_id = r.id AND e.kind IN ('resolved', 'reopened') "
                    "AND e.actor_id <> r.user_id WHERE r.id > {} GROUP BY r.id",
            baseline_.service_request),
        [&](const auto& row) {
            if (row.integer(1) != changes[row.integer(0)])
                complain(fmt::format("{} changed its status {} times, {} comments say so", row.integer(0),
                    row.integer(1), changes[row.integer(0)]));
        });
}

void Audit::check_rules()
{
    // The product never asks for all notifications of a service request; the rules do, of each.
    db_.each(
        "CREATE INDEX IF NOT EXISTS audit_notifications ON service_notification (service_request_id, user_id, kind)",
        [](const auto&) {});
    for (const Rule& rule : rules()) {
        const std::string sql = fmt::format(fmt::runtime(rule.offenders), fmt::arg("first", baseline_.service_request),
            fmt::arg("comment", baseline_.comment));
        db_.each(sql, [&](const auto& row) { complain(fmt::format("{}: {}", rule.name, row.text(0))); });
    }
}

void Audit::check_histories()
{
    std::map<std::int64_t, std::string> status;
    db_.each("SELECT subject_id, kind, before_value, after_value FROM service_event "
             "WHERE subject = 'service_request' AND kind IN ('submitted', 'resolved', 'reopened') ORDER BY id",
        [&](const auto& row) {
            const std::int64_t id = row.integer(0);
            if (status[id] != row.text(2))
                complain(fmt::format(
                    "the history of {} goes from {} to {} by way of {}", id, status[id], row.text(3), row.text(2)));
            status[id] = row.text(3);
        });
    db_.each("SELECT id, status FROM service_servicerequest", [&](const auto& row) {
        if (status[row.integer(0)] != row.text(1))
            complain(fmt::format(
                "the history of {} ends {}, its status is {}", row.integer(0), status[row.integer(0)], row.text(1)));
    });
}

void Audit::check_named_files(std::set<std::string>& verified)
{
    for (const auto& [owner, files] : files_) {
        for (const File& file : files) {
            const fs::path path = paths_.attachments / file.stored_name.substr(0, 2) / file.stored_name;
            std::error_code missing;
            if (static_cast<std::int64_t>(fs::file_size(path, missing)) != file.size || missing)
                complain(fmt::format("{} of service request {} is missing or cut", file.stored_name, owner.first));
            else if (!verified.contains(file.stored_name) &&
                     base::hex(base::sha256(base::read_file(path))) != file.hash)
                complain(fmt::format("{} of service request {} has other bytes", file.stored_name, owner.first));
            verified.insert(file.stored_name);
        }
    }
}

void Audit::check_unnamed_files()
{
    std::set<std::string> excused;
    for (const auto& [token, entry] : entries_) {
        if (entry.fate == Fate::Unknown || entry.attempts > 1)
            excused.insert(entry.wish.file_hashes.begin(), entry.wish.file_hashes.end());
    }
    for (const auto& found : fs::recursive_directory_iterator(paths_.attachments)) {
        const std::string name = found.path().filename().string();
        if (!found.is_regular_file() || named_.contains(name) || is_ours(name) || is_trash(found.path()))
            continue;
        unnamed_files_.push_back(found.path());
        const bool is_upload = found.path().parent_path().filename() == "tmp";
        if (!is_upload && !excused.contains(base::hex(base::sha256(base::read_file(found.path())))))
            complain(fmt::format("{} belongs to nothing that was interrupted", found.path().string()));
    }
}

} // namespace faults
