#include "attachments/named_files.hpp"

#include "db/snapshot.hpp"

#include <fmt/format.h>

namespace attachments {

namespace {

NamedFile file_from_row(const db::Row& row, std::string what)
{
    return {.stored_name = row.string(0),
        .sha256 = row.string(1),
        .size = static_cast<std::uint64_t>(row.integer(2)),
        .what = std::move(what)};
}

void add_attachments(db::Connection& db, std::vector<NamedFile>& files)
{
    for (const db::Row row :
        db.query("SELECT stored_name, sha256, size, id, service_request_id, name FROM service_attachment ORDER BY id"))
        files.push_back(file_from_row(
            row, fmt::format("attachment {} of service request {}, {}", row.integer(3), row.integer(4), row.text(5))));
}

void add_previews(db::Connection& db, std::vector<NamedFile>& files)
{
    for (const db::Row row : db.query("SELECT stored_name, sha256, size, attachment_id FROM service_attachment_preview"
                                      " ORDER BY attachment_id"))
        files.push_back(file_from_row(row, fmt::format("preview of attachment {}", row.integer(3))));
}

void add_held_files(db::Connection& db, std::vector<NamedFile>& files)
{
    for (const db::Row row :
        db.query("SELECT stored_name, sha256, size, id, user_id, name FROM service_held_file ORDER BY id"))
        files.push_back(file_from_row(
            row, fmt::format("held file {} of user {}, {}", row.integer(3), row.integer(4), row.text(5))));
}

} // namespace

std::vector<NamedFile> list_named_files(db::Connection& db)
{
    std::vector<NamedFile> files;
    add_attachments(db, files);
    if (db::has_table(db, "service_attachment_preview"))
        add_previews(db, files);
    if (db::has_table(db, "service_held_file"))
        add_held_files(db, files);
    return files;
}

} // namespace attachments
