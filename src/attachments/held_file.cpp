#include "attachments/held_file.hpp"

namespace attachments {

std::vector<std::int64_t> add_held_files(db::Transaction& tx, const base::Act& act, std::span<const StoredFile> files)
{
    std::vector<std::int64_t> ids;
    for (const StoredFile& file : files) {
        ids.push_back(
            tx.insert<AttachmentId>(R"(
            INSERT INTO service_held_file (user_id, name, content_type, size, sha256, stored_name, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7))",
                  act.visitor.user_id, file.name, file.content_type, file.size, file.sha256, file.stored_name, act.at)
                .value);
    }
    return ids;
}

std::vector<HeldFile> list_held_files(db::Connection& db, UserId user)
{
    return db::map_rows(db.query(R"(
        SELECT id, name, content_type, size, sha256, stored_name
          FROM service_held_file WHERE user_id = $1 ORDER BY id)",
                            user),
        [](const db::Row& row) {
            return HeldFile{.id = row.integer(0),
                .file = {.stored_name = row.string(5),
                    .name = row.string(1),
                    .content_type = row.string(2),
                    .size = static_cast<std::uint64_t>(row.integer(3)),
                    .sha256 = row.string(4)}};
        });
}

std::vector<std::string> remove_surplus_held_files(db::Transaction& tx, UserId user)
{
    return db::map_rows(tx.query(R"(
        DELETE FROM service_held_file
         WHERE user_id = $1 AND id <= (SELECT id FROM service_held_file WHERE user_id = $1
                                        ORDER BY id DESC LIMIT 1 OFFSET $2)
        RETURNING stored_name)",
                            user, static_cast<std::int64_t>(most_held)),
        [](const db::Row& row) { return row.string(0); });
}

void end_held_files(db::Transaction& tx, UserId user)
{
    tx.apply("UPDATE service_held_file SET created_at = 0 WHERE user_id = $1", user);
}

std::vector<std::string> remove_old_held_files(db::Transaction& tx, base::Time now)
{
    return db::map_rows(
        tx.query("DELETE FROM service_held_file WHERE created_at < $1 RETURNING stored_name", now - longest_held),
        [](const db::Row& row) { return row.string(0); });
}

} // namespace attachments
