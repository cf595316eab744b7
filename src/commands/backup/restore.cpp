#include "commands/backup/restore.hpp"

#include "attachments/sweeper.hpp"
#include "base/crypto.hpp"
#include "commands/backup/copying.hpp"
#include "commands/commands.hpp"
#include "db/foreign.hpp"
#include "db/snapshot.hpp"
#include "storage/at_once.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <optional>
#include <system_error>
#include <unordered_set>

namespace commands::backup {

namespace {

namespace fs = std::filesystem;

/// In the store while its files arrive: the SHA-256 of the backup's manifest.
constexpr std::string_view restoring_note = "restoring";

Manifest read_for(const Named& backup, const server::Config& config)
{
    Manifest manifest;
    try {
        manifest = read_manifest(*backup.destination, backup.name);
    } catch (const BadManifest& error) {
        throw Refused(error.what());
    }
    const bool is_sqlite = manifest.engine == db::Engine::Sqlite;
    if (config.database_url.starts_with(server::sqlite_scheme) != is_sqlite)
        throw Refused(fmt::format("this is the backup of a {} database, and database_url is {}. Restore it to the same "
                                  "engine, then bring the site to the other one with: gas-utility copy",
            is_sqlite ? "SQLite" : "PostgreSQL", db::shown_url(config.database_url)));
    if (manifest.schema > db::migrations(manifest.engine).back().number)
        throw Refused(fmt::format(
            "this is the backup of a newer version of gas-utility ({}); restore it with that one", manifest.program));
    if (manifest.parts.empty() || (is_sqlite && manifest.parts.size() != 1))
        throw Refused("there is no database in this backup");
    return manifest;
}

fs::path sqlite_file(const server::Config& config)
{
    return fs::absolute(config.database_url.substr(server::sqlite_scheme.size()));
}

void require_no_sqlite(const server::Config& config)
{
    const fs::path file = sqlite_file(config);
    // The last writes may be in -wal alone, so it never goes without its database.
    constexpr std::string_view what_to_do =
        "Restore only fills an empty place: move the whole directory {} away, or set database_url and data_dir to "
        "another place";
    const std::string directory = file.parent_path().string();
    if (!server::has_no_file(config))
        throw Refused(
            fmt::format("there is a database at {} already. {}", file.string(), fmt::format(what_to_do, directory)));
    for (const char* ending : {"-wal", "-shm", "-journal"}) {
        if (fs::exists(file.string() + ending))
            throw Refused(fmt::format(
                "{}{} belongs to another database. {}", file.string(), ending, fmt::format(what_to_do, directory)));
    }
}

void require_no_tables(const server::Config& config)
{
    try {
        if (!db::ForeignDatabase::open(config.database_url)->tables().empty())
            throw Refused(fmt::format("{} has tables already, and restore only fills an empty database. Make one with "
                                      "createdb and name it in database_url",
                db::shown_url(config.database_url)));
    } catch (const db::Error& error) {
        throw Refused(fmt::format("{} cannot be opened: {}; restore needs an empty database, see createdb",
            db::shown_url(config.database_url), error.what()));
    }
}

std::string id_of(const Named& backup)
{
    return read_whole(backup.destination->open(backup.name, manifest_name)).sha256;
}

/// Marks an empty store as one that is being filled; goes on with one that this backup began to fill.
void begin_filling(storage::Store& store, const std::string& id)
{
    if (store.find_note(restoring_note) == id)
        return;
    if (store.has_files())
        throw Refused(fmt::format("{} holds files already, and restore only fills an empty place. Move them away, or "
                                  "set data_dir or attachments to another place",
            store.place()));
    store.set_note(restoring_note, id);
}

/// `open` may throw std::system_error.
Print copy_or_refuse(const std::string& place, const std::function<base::Descriptor()>& open, const fs::path& to)
{
    try {
        return copy_whole(open(), to);
    } catch (const std::system_error& error) {
        throw Refused(fmt::format("{}: {}", place, error.what()));
    } catch (const ReadFailed& error) {
        throw Refused(fmt::format("{}: {}", place, error.what()));
    }
}

[[noreturn]] void refuse_damaged(const std::string& place)
{
    throw Refused(fmt::format("{} is damaged: it does not fit its SHA-256. The database was not restored. Move what "
                              "was restored so far away, and restore another backup",
        place));
}

void put_file(const Named& backup, const SavedFile& file, storage::Store& store)
{
    const Destination& destination = *backup.destination;
    const std::string place = destination.place_of_file(file.sha256);
    const fs::path copy = store.temporary_directory() / ("restored-" + base::random_token());
    const Print print = copy_or_refuse(
        place, [&] { return destination.open_file(file.sha256); }, copy);
    if (print != Print{.sha256 = file.sha256, .size = file.size}) {
        base::remove_file(copy);
        refuse_damaged(place);
    }
    store.put(file.stored_name, copy, file.sha256);
}

std::size_t put_files(
    const Named& backup, const std::vector<SavedFile>& files, storage::Store& store, const Progress& progress)
{
    std::unordered_set<std::string> there;
    store.list([&](const storage::KeptFile& file) {
        there.insert(file.stored_name);
        return storage::Listing::Continues;
    });
    constexpr std::size_t at_once = 64;
    std::atomic<std::size_t> put = 0;
    for (std::size_t first = 0; first < files.size(); first += at_once) {
        const std::size_t count = std::min(at_once, files.size() - first);
        storage::for_each_at_once(count, [&](std::size_t i) {
            // A file gets its name when all of it is there.
            if (there.contains(files[first + i].stored_name))
                return;
            put_file(backup, files[first + i], store);
            ++put;
        });
        progress.bar("files", static_cast<std::int64_t>(first + count), static_cast<std::int64_t>(files.size()));
    }
    return put;
}

void put_sqlite(const Named& backup, const Manifest& manifest, const server::Config& config)
{
    const Part& part = manifest.parts.front();
    const fs::path source = backup.destination->local_parts(backup.name, manifest) / part.path;
    const std::string place = backup.place() + "/" + part.path;
    const fs::path file = sqlite_file(config);
    const fs::path copy = file.string() + ".restoring";
    base::remove_file(copy);
    const Print print = copy_or_refuse(
        place, [&] { return base::open_file(source, O_RDONLY | O_NOFOLLOW); }, copy);
    if (print != Print{.sha256 = part.sha256, .size = part.size}) {
        base::remove_file(copy);
        refuse_damaged(place);
    }
    base::rename_durably(copy, file);
}

void put_postgres(const Named& backup, const Manifest& manifest, const server::Config& config)
{
    const fs::path local = backup.destination->local_parts(backup.name, manifest);
    for (const Part& part : manifest.parts) {
        const std::string place = backup.place() + "/" + part.path;
        try {
            const Print print = read_whole(base::open_file(local / part.path, O_RDONLY | O_NOFOLLOW));
            if (print != Print{.sha256 = part.sha256, .size = part.size})
                refuse_damaged(place);
        } catch (const std::system_error& error) {
            throw Refused(fmt::format("{}: {}", place, error.what()));
        }
    }
    try {
        db::load_postgres(config.database_url, local / fs::path(manifest.parts.front().path).parent_path());
    } catch (const db::Error& error) {
        throw Refused(fmt::format("the database was not restored: {}", error.what()));
    }
}

void put_database(const Named& backup, const Manifest& manifest, const server::Config& config)
{
    if (manifest.engine == db::Engine::Sqlite)
        put_sqlite(backup, manifest, config);
    else
        put_postgres(backup, manifest, config);
}

/// So that no server starts in the middle.
std::optional<db::LockFile> lock_sqlite(const server::Config& config, db::Engine engine)
{
    if (engine != db::Engine::Sqlite)
        return std::nullopt;
    try {
        return db::LockFile(
            std::filesystem::weakly_canonical(sqlite_file(config)).string() + ".lock", "the database is");
    } catch (const db::Error& error) {
        throw Refused(error.what());
    }
}

} // namespace

Manifest restore(const Named& backup, const server::Config& config, const Progress& progress)
{
    const Manifest manifest = read_for(backup, config);
    const bool is_sqlite = manifest.engine == db::Engine::Sqlite;
    if (is_sqlite) {
        fs::create_directories(config.data_dir);
        fs::create_directories(sqlite_file(config).parent_path());
    }
    const auto lock = lock_sqlite(config, manifest.engine);
    is_sqlite ? require_no_sqlite(config) : require_no_tables(config);
    const auto store = server::open_store(config);
    begin_filling(*store, id_of(backup));
    const std::size_t put = put_files(backup, manifest.files, *store, progress);
    progress.step(fmt::format("files: {} of {} put into {}", put, manifest.files.size(), store->place()));
    // Before the database, which nobody may meet with a store that is not its own.
    if (!manifest.store_id.empty())
        store->set_id(manifest.store_id);
    progress.bar("database", 0, 1);
    // Whoever meant a rehearsal must not become the site unasked.
    attachments::mark_restored(*store);
    put_database(backup, manifest, config);
    store->set_note(restoring_note, "");
    progress.step(fmt::format("database: restored as {}", db::shown_url(config.database_url)));
    return manifest;
}

} // namespace commands::backup
