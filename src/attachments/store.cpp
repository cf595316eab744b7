#include "attachments/attachment.hpp"
#include "attachments/file_type.hpp"
#include "base/crypto.hpp"
#include "base/file.hpp"
#include "base/log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <mutex>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>
#include <unordered_set>

namespace attachments {

namespace {

constexpr std::size_t name_length = 32;
constexpr std::size_t names_asked_at_once = 64;
constexpr base::Time::duration youngest_swept = std::chrono::hours(1);

bool is_stored_name(std::string_view name)
{
    return name.size() == name_length && name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Everything that makes a kept file survive a power cut is in these two; the crash harness builds them without, to
// prove that it would notice.
#ifdef GAS_MUTATION_NO_ATTACHMENT_SYNC
void make_names_durable(const std::filesystem::path&) {}
void move_durably(const std::filesystem::path& from, const std::filesystem::path& to)
{
    std::filesystem::rename(from, to);
}
#else
void make_names_durable(const std::filesystem::path& directory)
{
    base::sync_directory(directory);
}
void move_durably(const std::filesystem::path& from, const std::filesystem::path& to)
{
    base::sync_file(base::open_file(from, O_RDONLY | O_NOFOLLOW));
    base::rename_durably(from, to);
}
#endif

/// The time of the last change; nothing when the file is gone or is not a plain one.
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

bool is_old(const std::filesystem::path& file, base::Time now)
{
    const auto changed = changed_at(file);
    return changed && *changed < now - youngest_swept;
}

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

struct Store::Parts : TypeDetector
{
    /// Nobody may put a file into a directory whose own name is not durable yet.
    std::mutex new_directory;
};

Store::Store(std::filesystem::path root) : root_(std::move(root)), parts_(std::make_unique<Parts>())
{
    std::filesystem::create_directories(temporary_directory());
}

Store::~Store() = default;

std::filesystem::path Store::temporary_directory() const
{
    return root_ / "tmp";
}

std::filesystem::path Store::path_of(std::string_view stored_name) const
{
    if (!is_stored_name(stored_name)) {
        throw std::invalid_argument("not a name of a stored file");
    }
    return root_ / stored_name.substr(0, 2) / stored_name;
}

std::optional<std::string> Store::detect_type(const std::filesystem::path& file) const
{
    return parts_->detect(file);
}

std::string Store::keep(const std::filesystem::path& uploaded)
{
    std::string name = base::hex(base::random_bytes(name_length / 2));
    const std::filesystem::path path = path_of(name);
    {
        const std::lock_guard lock(parts_->new_directory);
        if (std::filesystem::create_directory(path.parent_path())) {
            make_names_durable(root_);
        }
    }
    move_durably(uploaded, path);
    return name;
}

void Store::discard(std::string_view stored_name) noexcept
{
    try {
        base::remove_file(path_of(stored_name));
    } catch (const std::exception& error) {
        // The sweeper takes it in an hour.
        base::log::warning(fmt::format("a file could not be removed: {}", error.what()));
    }
}

std::size_t Store::sweep_chunk(db::Connection& db, std::vector<std::string>& names) const
{
    const auto named = names.empty() ? std::unordered_set<std::string>() : named_by_rows(db, names);
    std::size_t removed = 0;
    for (const std::string& name : names) {
        if (!named.contains(name) && base::remove_file(path_of(name))) {
            ++removed;
        }
    }
    names.clear();
    return removed;
}

std::size_t Store::sweep_temporary_files(base::Time now) const
{
    std::size_t removed = 0;
    for (const auto& entry : std::filesystem::directory_iterator(temporary_directory())) {
        if (is_old(entry.path(), now) && base::remove_file(entry.path())) {
            ++removed;
        }
    }
    return removed;
}

std::size_t Store::sweep(db::Connection& db, base::Time now)
{
    std::size_t removed = sweep_temporary_files(now);
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root_)) {
        std::string name = entry.path().filename().string();
        if (is_stored_name(name) && entry.path() == path_of(name) && is_old(entry.path(), now)) {
            names.push_back(std::move(name));
        }
        if (names.size() == names_asked_at_once) {
            removed += sweep_chunk(db, names);
        }
    }
    return removed + sweep_chunk(db, names);
}

} // namespace attachments
