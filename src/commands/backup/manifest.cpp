#include "commands/backup/manifest.hpp"

#include "base/crypto.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "commands/backup/destination.hpp"
#include "storage/store.hpp"
#include "web/json.hpp"

#include <fmt/format.h>

namespace commands::backup {

namespace {

namespace fs = std::filesystem;
using web::Json;

constexpr std::int64_t known_format = 1;
// A million files.
constexpr std::size_t most_bytes = std::size_t{512} << 20U;
constexpr std::size_t most_hash_bytes = 1024;
constexpr std::size_t hash_length = 64;
constexpr std::string_view sqlite = "sqlite";
constexpr std::string_view postgres = "postgresql";

// Assigned and not initialized: GCC 12 warns of nested lists that are moved.
Json file_json(std::string_view name_member, const std::string& name, const std::string& sha256, std::uint64_t size)
{
    Json::Object file;
    file[std::string(name_member)].value = name;
    file["sha256"].value = sha256;
    file["size"].value = static_cast<std::int64_t>(size);
    Json json;
    json.value = std::move(file);
    return json;
}

Json::Object to_json(const Manifest& manifest)
{
    Json::Object counts;
    for (const auto& [table, rows] : manifest.counts)
        counts[table].value = rows;
    Json::List parts;
    for (const Part& part : manifest.parts)
        parts.push_back(file_json("path", part.path, part.sha256, part.size));
    Json::List files;
    for (const SavedFile& file : manifest.files)
        files.push_back(file_json("name", file.stored_name, file.sha256, file.size));
    Json::List missing;
    for (const std::string& words : manifest.missing)
        missing.emplace_back().value = words;

    Json::Object json;
    json["format"].value = known_format;
    json["program"].value = manifest.program;
    json["schema"].value = manifest.schema;
    json["engine"].value = std::string(manifest.engine == db::Engine::Sqlite ? sqlite : postgres);
    json["engine_version"].value = manifest.engine_version;
    json["time"].value = manifest.time;
    json["store_id"].value = manifest.store_id;
    json["counts"].value = std::move(counts);
    json["parts"].value = std::move(parts);
    json["files"].value = std::move(files);
    json["missing"].value = std::move(missing);
    return json;
}

std::string hash_from(const Json& json)
{
    if (json.text().size() != hash_length || json.text().find_first_not_of("0123456789abcdef") != std::string::npos)
        throw std::invalid_argument("not a SHA-256");
    return json.text();
}

std::string path_from(const Json& json)
{
    const fs::path path(json.text());
    if (path.empty() || path.is_absolute() || path != path.lexically_normal() || *path.begin() == "..")
        throw std::invalid_argument("a path that leads out of the backup");
    return json.text();
}

std::string stored_name_from(const Json& json)
{
    if (!storage::is_stored_name(json.text()))
        throw std::invalid_argument("not the name of a stored file");
    return json.text();
}

std::uint64_t size_from(const Json& json)
{
    if (json.number() < 0)
        throw std::invalid_argument("a negative size");
    return static_cast<std::uint64_t>(json.number());
}

db::Engine engine_from(const Json& json)
{
    if (json.text() != sqlite && json.text() != postgres)
        throw std::invalid_argument("an unknown engine");
    return json.text() == sqlite ? db::Engine::Sqlite : db::Engine::Postgres;
}

Manifest from_json(const Json& json)
{
    if (json.at("format").number() != known_format)
        throw std::invalid_argument("made by another version of gas-utility; restore it with that one");
    Manifest manifest{.program = json.at("program").text(),
        .schema = json.at("schema").number(),
        .engine = engine_from(json.at("engine")),
        .engine_version = json.at("engine_version").text(),
        .time = json.at("time").text(),
        .store_id = json.at("store_id").text()};
    for (const auto& [table, rows] : json.at("counts").object())
        manifest.counts.emplace(table, rows.number());
    for (const Json& part : json.at("parts").list())
        manifest.parts.push_back({.path = path_from(part.at("path")),
            .sha256 = hash_from(part.at("sha256")),
            .size = size_from(part.at("size"))});
    for (const Json& file : json.at("files").list())
        manifest.files.push_back({.stored_name = stored_name_from(file.at("name")),
            .sha256 = hash_from(file.at("sha256")),
            .size = size_from(file.at("size"))});
    for (const Json& words : json.at("missing").list())
        manifest.missing.push_back(words.text());
    return manifest;
}

std::string hash_line(std::string_view text)
{
    return fmt::format("{}  {}\n", base::hex(base::sha256(text)), manifest_name);
}

std::string read_text(const base::Descriptor& file, const std::string& place)
{
    constexpr std::size_t at_once = std::size_t{64} << 10U;
    std::string text;
    for (std::string bytes = base::read_some(file, at_once); !bytes.empty(); bytes = base::read_some(file, at_once)) {
        text += bytes;
        if (text.size() > most_bytes)
            throw BadManifest(fmt::format("{} has more than {} bytes", place, most_bytes));
    }
    return text;
}

} // namespace

void write_manifest(const fs::path& backup, const Manifest& manifest)
{
    const std::string text = web::write_json(to_json(manifest));
    base::write_file_durably(backup / manifest_hash_name, hash_line(text));
    base::write_file_durably(backup / manifest_name, text);
}

Manifest read_manifest(const Destination& destination, std::string_view name)
{
    const std::string place = destination.place_of(fmt::format("{}/{}", name, manifest_name));
    try {
        const std::string text = read_text(destination.open(name, manifest_name), place);
        if (base::read_some(destination.open(name, manifest_hash_name), most_hash_bytes) != hash_line(text))
            throw BadManifest(fmt::format("{} is damaged: it does not fit {}", place, manifest_hash_name));
        return from_json(web::read_json(text));
    } catch (const std::invalid_argument& error) {
        throw BadManifest(fmt::format("{} cannot be read: {}", place, error.what()));
    } catch (const std::system_error& error) {
        throw BadManifest(fmt::format("{} cannot be read: {}", place, error.code().message()));
    }
}

} // namespace commands::backup
