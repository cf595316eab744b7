#pragma once

#include "db/connection.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace commands::backup {

class Destination;

/// The backup's manifest is missing, damaged or from a newer version; the text says which.
struct BadManifest : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// A file of the saved database, by its path inside the backup.
struct Part
{
    std::string path;
    std::string sha256;
    std::uint64_t size = 0;
};

/// A file of the site's store. Its bytes are `files/ab/<SHA-256>` beside the backups, shared by all of them.
struct SavedFile
{
    std::string stored_name;
    std::string sha256;
    std::uint64_t size = 0;
};

/// What a backup holds.
struct Manifest
{
    /// Version of gas-utility, and the newest migration of the database.
    std::string program;
    std::int64_t schema = 0;
    db::Engine engine = db::Engine::Sqlite;
    /// "SQLite 3.40.1".
    std::string engine_version;
    /// When the snapshot was taken: "2026-11-28T01:55:24Z".
    std::string time;
    /// The id that the site's store of attachments carries; empty when it has none yet.
    std::string store_id;
    /// Rows by table.
    std::map<std::string, std::int64_t> counts;
    std::vector<Part> parts;
    std::vector<SavedFile> files;
    /// Files that the site had lost already, in words.
    std::vector<std::string> missing;
};

inline constexpr std::string_view manifest_name = "manifest.json";
inline constexpr std::string_view manifest_hash_name = "manifest.json.sha256";

/// Writes the manifest and, beside it, its own SHA-256 as `sha256sum --check` reads it. Durable on return.
void write_manifest(const std::filesystem::path& backup, const Manifest& manifest);
/// Throws BadManifest; whatever its names lead to stays inside the backup.
Manifest read_manifest(const Destination& destination, std::string_view name);

} // namespace commands::backup
