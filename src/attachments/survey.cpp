#include "attachments/survey.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace attachments {

namespace {

constexpr std::size_t names_asked_at_once = 64;

void add_names(db::SqlBuilder& sql, std::span<const std::string> names)
{
    // Always the same number of parameters: one prepared statement.
    for (std::size_t i = 0; i < names_asked_at_once; ++i)
        sql.add(i == 0 ? db::Sql("") : db::Sql(", ")).bind(i < names.size() ? names[i] : std::string());
    sql.add(")");
}

void add_named(db::Connection& db, std::span<const std::string> names, std::unordered_set<std::string>& named)
{
    db::SqlBuilder sql("SELECT stored_name FROM service_attachment WHERE stored_name IN (");
    add_names(sql, names);
    sql.add(" UNION ALL SELECT stored_name FROM service_attachment_preview WHERE stored_name IN (");
    add_names(sql, names);
    sql.add(" UNION ALL SELECT stored_name FROM service_held_file WHERE stored_name IN (");
    add_names(sql, names);
    for (const db::Row row : db.query(sql))
        named.insert(row.string(0));
}

void judge(db::Connection& db, std::vector<storage::KeptFile>& files, Survey& found)
{
    std::vector<std::string> names;
    for (const storage::KeptFile& file : files)
        names.push_back(file.stored_name);
    const auto named = named_by_rows(db, names);
    found.files += files.size();
    found.named += named.size();
    for (storage::KeptFile& file : files) {
        if (!named.contains(file.stored_name))
            found.unnamed.push_back(std::move(file));
    }
    files.clear();
}

} // namespace

std::unordered_set<std::string> named_by_rows(db::Connection& db, const std::vector<std::string>& names)
{
    std::unordered_set<std::string> named;
    for (std::size_t i = 0; i < names.size(); i += names_asked_at_once)
        add_named(db, std::span(names).subspan(i, std::min(names_asked_at_once, names.size() - i)), named);
    return named;
}

Survey survey(db::Connection& db, const storage::Store& store)
{
    Survey found;
    std::vector<storage::KeptFile> files;
    store.list([&](storage::KeptFile file) {
        files.push_back(std::move(file));
        if (files.size() == names_asked_at_once)
            judge(db, files, found);
        return storage::Listing::Continues;
    });
    judge(db, files, found);
    const auto rows = static_cast<std::size_t>(db.query(R"(
        SELECT (SELECT count(*) FROM service_attachment) + (SELECT count(*) FROM service_attachment_preview) +
               (SELECT count(*) FROM service_held_file))")
                                                   .integer());
    found.missing = rows > found.named ? rows - found.named : 0;
    return found;
}

std::string in_words(const Survey& found)
{
    return fmt::format("{} of {} files are named by this database; {} of its rows name files that are not there",
        found.named, found.files, found.missing);
}

} // namespace attachments
