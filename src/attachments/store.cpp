#include "attachments/store.hpp"

#include "base/crypto.hpp"
#include "base/log.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <unordered_set>

namespace attachments {

namespace {

constexpr std::size_t name_length = 32;
constexpr std::size_t names_asked_at_once = 64;
constexpr std::size_t piece = std::size_t{64} << 10U;
constexpr base::Time::duration youngest_swept = std::chrono::hours(1);

std::unordered_set<std::string> named_by_rows(db::Connection& db, const std::vector<std::string>& names)
{
    // Always the same number of parameters: one prepared statement.
    db::SqlBuilder sql("SELECT stored_name FROM service_attachment WHERE stored_name IN (");
    for (std::size_t i = 0; i < names_asked_at_once; ++i) {
        sql.add(i == 0 ? db::Sql("") : db::Sql(", ")).bind(i < names.size() ? names[i] : std::string());
    }
    sql.add(")");
    const auto named = db::map_rows(db.query(sql), [](const db::Row& row) { return row.string(0); });
    return {named.begin(), named.end()};
}

} // namespace

bool is_stored_name(std::string_view name)
{
    return name.size() == name_length && name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string sha256_of(const base::Descriptor& file)
{
    base::rewind(file);
    base::Sha256Stream digest;
    for (std::string bytes = base::read_some(file, piece); !bytes.empty(); bytes = base::read_some(file, piece))
        digest.update(bytes);
    base::rewind(file);
    return base::hex(digest.finish());
}

std::optional<base::Time> changed_at(const std::filesystem::path& file)
{
    struct stat status
    {
    };
    if (::lstat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return std::nullopt;
    }
    return base::Time{std::chrono::seconds{status.st_mtim.tv_sec}};
}

std::optional<std::string> Store::detect_type(const std::filesystem::path& file) const
{
    return detector_.detect(file);
}

std::string Store::keep(const std::filesystem::path& uploaded, std::string_view sha256)
{
    std::string name = base::hex(base::random_bytes(name_length / 2));
    put(name, uploaded, sha256);
    return name;
}

void Store::discard(std::string_view stored_name) noexcept
{
    try {
        remove(stored_name);
    } catch (const std::exception& error) {
        // The sweeper takes it in an hour.
        base::log::warning(fmt::format("a file could not be removed: {}", error.what()));
    }
}

std::size_t Store::sweep_chunk(db::Connection& db, const std::vector<std::string>& names)
{
    const auto named = named_by_rows(db, names);
    std::size_t removed = 0;
    for (const std::string& name : names) {
        if (!named.contains(name) && remove(name)) {
            ++removed;
        }
    }
    return removed;
}

std::size_t Store::sweep_temporary_files(base::Time before) const
{
    std::size_t removed = 0;
    for (const auto& entry : std::filesystem::directory_iterator(temporary_directory())) {
        const auto changed = changed_at(entry.path());
        if (changed && *changed < before && base::remove_file(entry.path())) {
            ++removed;
        }
    }
    return removed;
}

std::size_t Store::sweep(db::Connection& db, base::Time now)
{
    const base::Time before = now - youngest_swept;
    std::size_t removed = sweep_temporary_files(before);
    std::vector<std::string> names;
    list_older(before, [&](std::string name) {
        names.push_back(std::move(name));
        if (names.size() == names_asked_at_once) {
            removed += sweep_chunk(db, names);
            names.clear();
        }
    });
    return names.empty() ? removed : removed + sweep_chunk(db, names);
}

} // namespace attachments
