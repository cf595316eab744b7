#include "support/saved_site.hpp"

#include "attachments/site_store.hpp"
#include "base/crypto.hpp"
#include "commands/backup/restore.hpp"
#include "commands/backup/verify.hpp"
#include "commands/commands.hpp"

#include <cstdlib>

namespace support {

std::string s3_test_server()
{
    const char* origin = std::getenv("GAS_TEST_S3");
    return origin == nullptr ? "" : origin;
}

storage::S3Settings new_s3_place(const std::string& endpoint)
{
    storage::S3Settings settings = storage::parse_s3_url("s3://gas-test/" + base::hex(base::random_bytes(8))).value();
    settings.endpoint = endpoint;
    settings.access_key_id = settings.secret_access_key = "S3RVER";
    return settings;
}

Place::Place(const Files& files)
{
    config.data_dir = directory_.path() / "data";
    config.readers = 1;
    if (tests_use_postgres())
        config.database_url = postgres_.emplace().url();
    else
        config.database_url = "sqlite:///" + (config.data_dir / "gas-utility.sqlite3").string();
    if (!files.s3_endpoint.empty())
        config.s3 = new_s3_place(files.s3_endpoint);
}

SavedSite::SavedSite(const Files& where) : site(where), files(server::open_store(site.config))
{
    attachments::claim(*database, *files);
}

attachments::StoredFile SavedSite::keep(const std::string& bytes)
{
    const auto upload = files->temporary_directory() / base::random_token();
    base::write_all(base::create_file(upload), bytes);
    attachments::StoredFile file{.name = "meter.jpg",
        .content_type = "image/jpeg",
        .size = bytes.size(),
        .sha256 = base::hex(base::sha256(bytes))};
    file.stored_name = files->keep(upload, file.sha256);
    return file;
}

attachments::StoredFile SavedSite::add_file(const std::string& bytes)
{
    const auto file = keep(bytes);
    const auto request = submit(cast.mei, "The meter shows " + bytes);
    database->write([&](db::Transaction& tx) {
        attachments::add_attachment(
            tx, base::Act{.visitor = cast.mei, .at = clock.now()}, file, {.service_request = request});
    });
    return file;
}

commands::backup::Made SavedSite::backup_into(commands::backup::Destination& destination)
{
    return commands::backup::make_backup({.database_url = database.url(),
                                             .open_store = [this] { return server::open_store(site.config); },
                                             .program = "test"},
        destination, clock.now(), commands::backup::no_progress());
}

std::vector<std::string> SavedSite::findings(const commands::backup::Named& backup)
{
    const auto hold = backup.destination->lock_for_reading();
    return commands::backup::verify(backup, commands::backup::no_progress()).findings;
}

std::string SavedSite::restore(const commands::backup::Named& backup, const Place& to)
{
    try {
        const auto hold = backup.destination->lock_for_reading();
        commands::backup::restore(backup, to.config, commands::backup::no_progress());
    } catch (const commands::Refused& refused) {
        return refused.what();
    }
    return "restored";
}

std::set<std::string> SavedSite::whole_requests(const Place& restored)
{
    const auto opened = server::open_existing_database(restored.config);
    const auto store = server::open_claimed_store(restored.config, *opened);
    std::set<std::string> whole;
    for (const auto& [text, file] : db::map_rows(opened->read()->query(R"(
            SELECT r.description, a.stored_name, a.sha256, a.size
              FROM service_attachment a JOIN service_servicerequest r ON r.id = a.service_request_id)"),
             [](const db::Row& row) {
                 return std::pair(row.string(0), attachments::NamedFile{.stored_name = row.string(1),
                                                     .sha256 = row.string(2),
                                                     .size = static_cast<std::uint64_t>(row.integer(3))});
             })) {
        if (storage::sha256_of(store->open(file.key())) == file.sha256)
            whole.insert(text);
    }
    return whole;
}

} // namespace support
