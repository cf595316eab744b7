#include "commands/backup/backup.hpp"

#include "base/error.hpp"
#include "commands/backup/copying.hpp"
#include "commands/commands.hpp"
#include "db/snapshot.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_set>

namespace commands::backup {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 7> counted{"auth_user", "service_account", "service_servicerequest",
    "service_comment", "service_attachment", "service_event", "service_notification"};

/// Takes the snapshot and makes sure that we know all its tables.
std::unique_ptr<db::Snapshot> take_snapshot(const std::string& url)
{
    std::unique_ptr<db::Snapshot> snapshot;
    try {
        snapshot = db::Snapshot::take(url);
    } catch (const db::Error& error) {
        throw Refused(fmt::format("{} cannot be backed up: {}", db::shown_url(url), error.what()));
    }
    if (!db::has_table(snapshot->connection(), "schema_migration") ||
        !db::has_table(snapshot->connection(), "service_attachment"))
        throw Refused(fmt::format("{} holds no site", db::shown_url(url)));
    return snapshot;
}

std::int64_t schema_of(db::Snapshot& snapshot)
{
    const std::int64_t schema = snapshot.connection().query("SELECT MAX(number) FROM schema_migration").integer();
    if (schema > db::migrations(snapshot.engine()).back().number)
        throw Refused("the database belongs to a newer version of gas-utility; make its backup with that one");
    return schema;
}

std::string store_id_of(db::Connection& db)
{
    if (!db::has_table(db, "service_attachment_store"))
        return {};
    return db.query("SELECT store_id FROM service_attachment_store WHERE one = 1")
        .first([](const db::Row& row) { return row.string(0); })
        .value_or("");
}

std::map<std::string, std::int64_t> count_rows(db::Connection& db)
{
    db::SqlBuilder sql("SELECT name, rows FROM (");
    for (std::size_t i = 0; i < counted.size(); ++i) {
        sql.add(i == 0 ? db::Sql("SELECT CAST(") : db::Sql(" UNION ALL SELECT CAST("));
        sql.bind(counted.at(i)).add(" AS TEXT) AS name, count(*) AS rows FROM ").name(counted.at(i));
    }
    sql.add(") t");
    std::map<std::string, std::int64_t> counts;
    for (const db::Row row : db.query(sql))
        counts.emplace(row.string(0), row.integer(1));
    return counts;
}

/// Everything that the saved database consists of, durable on return.
std::vector<Part> parts_of(const fs::path& backup)
{
    std::vector<Part> parts;
    for (const auto& entry : fs::recursive_directory_iterator(backup)) {
        if (!entry.is_regular_file())
            continue;
        const base::Descriptor file = base::open_file(entry.path(), O_RDONLY | O_NOFOLLOW);
        base::sync_file(file);
        Print print = read_whole(file);
        parts.push_back({.path = fs::relative(entry.path(), backup).string(),
            .sha256 = std::move(print.sha256),
            .size = print.size});
    }
    for (const auto& entry : fs::recursive_directory_iterator(backup)) {
        if (entry.is_directory())
            base::sync_directory(entry.path());
    }
    std::ranges::sort(parts, {}, &Part::path);
    return parts;
}

void save_database(db::Snapshot& snapshot, const fs::path& backup, const Progress& progress)
{
    const bool is_sqlite = snapshot.engine() == db::Engine::Sqlite;
    const fs::path saved = backup / (is_sqlite ? "database.sqlite3" : "database");
    try {
        snapshot.save(saved, [&](std::int64_t done, std::int64_t total) { progress.bar("database", done, total); });
    } catch (const db::Error& error) {
        throw Refused(fmt::format("the database cannot be saved: {}", error.what()));
    }
    if (!is_sqlite)
        return;
    if (const std::string damage = db::find_damage_in_copy(saved); !damage.empty())
        throw Refused(fmt::format("the database is damaged, so this backup was thrown away: {}. Stop the server, run "
                                  "gas-utility check, restore an earlier backup",
            damage));
}

/// Held files go when their form is sent; one that went since the snapshot is no loss.
void forget_removed(const std::string& url, std::vector<MissingFile>& missing)
{
    if (missing.empty())
        return;
    const auto now = take_snapshot(url);
    std::unordered_set<std::string> named;
    for (attachments::NamedFile& file : attachments::list_named_files(now->connection()))
        named.insert(std::move(file.stored_name));
    std::erase_if(missing, [&](const MissingFile& file) { return !named.contains(file.stored_name); });
}

std::uint64_t size_of(const std::vector<Part>& parts)
{
    std::uint64_t size = 0;
    for (const Part& part : parts)
        size += part.size;
    return size;
}

/// Saves the database into the new backup; returns all but the files, which are in `named`.
Manifest save_snapshot(
    const Source& source, const fs::path& backup, std::vector<attachments::NamedFile>& named, const Progress& progress)
{
    const auto snapshot = take_snapshot(source.database_url);
    Manifest manifest{.program = source.program,
        .schema = schema_of(*snapshot),
        .engine = snapshot->engine(),
        .engine_version = snapshot->version(),
        .store_id = store_id_of(snapshot->connection()),
        .counts = count_rows(snapshot->connection())};
    named = attachments::list_named_files(snapshot->connection());
    save_database(*snapshot, backup, progress);
    manifest.parts = parts_of(backup);
    progress.step(fmt::format(
        "database: {} bytes, {}, migration {}", size_of(manifest.parts), manifest.engine_version, manifest.schema));
    return manifest;
}

} // namespace

Made make_backup(const Source& source, Destination& destination, base::Time now, const Progress& progress)
{
    const fs::path backup = destination.begin();
    std::vector<attachments::NamedFile> named;
    Made made{.manifest = save_snapshot(source, backup, named, progress)};
    made.manifest.time = base::iso_utc(now);
    BroughtFiles files = bring_files(named, source.open_store, destination, progress);
    forget_removed(source.database_url, files.missing);
    progress.step(fmt::format(
        "files: {} in the backup, {} of them new with {} bytes", files.whole.size(), files.copied, files.copied_bytes));
    made.copied = files.copied;
    made.manifest.files = std::move(files.whole);
    for (MissingFile& file : files.missing)
        made.manifest.missing.push_back(std::move(file.words));

    write_manifest(backup, made.manifest);
    made.name = destination.finish(backup, made.manifest, now, progress);
    return made;
}

} // namespace commands::backup
