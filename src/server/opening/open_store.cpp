#include "attachments/site_store.hpp"
#include "base/crypto.hpp"
#include "server/opening/open.hpp"
#include "storage/local_store.hpp"
#include "storage/rehearsal_store.hpp"
#include "storage/s3_store.hpp"

#include <fmt/format.h>

namespace server {

std::unique_ptr<storage::Store> open_store(const Config& config)
{
    try {
        if (config.has_s3())
            return std::make_unique<storage::S3Store>(config.s3, config.attachments_dir());
        return std::make_unique<storage::LocalStore>(config.attachments_dir());
    } catch (const std::filesystem::filesystem_error& error) {
        throw Refused(
            fmt::format("the directory {} cannot be made: {}", error.path1().string(), error.code().message()));
    }
}

std::unique_ptr<storage::Store> open_rehearsal_store(const Config& config)
{
    return std::make_unique<storage::RehearsalStore>(
        open_store(config), std::filesystem::temp_directory_path() / ("gas-utility-rehearsal-" + base::random_token()));
}

std::unique_ptr<storage::Store> open_store_at(const Config& config, const std::string& place)
{
    if (!place.starts_with("s3:")) {
        if (!std::filesystem::is_directory(place))
            throw Refused(fmt::format("there is no directory {}; name one, or s3://BUCKET/PREFIX", place));
        return std::make_unique<storage::LocalStore>(place);
    }
    const auto parsed = storage::parse_s3_url(place);
    if (!parsed)
        throw Refused(fmt::format("\"{}\" is not s3://BUCKET or s3://BUCKET/PREFIX", place));
    if (config.s3.access_key_id.empty() || config.s3.secret_access_key.empty())
        throw Refused("set s3_access_key_id and s3_secret_access_key: the store at " + place + " asks for them");
    Config there = config;
    there.s3.bucket = parsed->bucket;
    there.s3.prefix = parsed->prefix;
    return open_store(there);
}

std::optional<db::LockFile> lock_attachments(const Config& config, db::Engine engine)
{
    if (engine != db::Engine::Sqlite || config.has_s3())
        return std::nullopt;
    const auto directory = config.attachments_dir();
    return std::make_optional<db::LockFile>(
        (directory / "store.lock").string(), "the attachments in " + directory.string() + " are");
}

void claim_store(db::Database& database, storage::Store& store)
{
    try {
        attachments::claim(database, store);
    } catch (const attachments::ForeignStore& foreign) {
        throw Refused(foreign.what());
    }
}

std::unique_ptr<storage::Store> open_claimed_store(const Config& config, db::Database& database)
{
    auto store = open_store(config);
    claim_store(database, *store);
    return store;
}

} // namespace server
