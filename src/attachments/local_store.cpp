#include "attachments/local_store.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fcntl.h>

#include <stdexcept>

namespace attachments {

namespace {

constexpr std::string_view id_file = "store-id";
constexpr std::size_t most_id_bytes = 1024;

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

} // namespace

LocalStore::LocalStore(std::filesystem::path root) : root_(std::move(root))
{
    std::filesystem::create_directories(temporary_directory());
}

std::string LocalStore::place() const
{
    return "the directory " + root_.string();
}

std::optional<std::string> LocalStore::find_id() const
{
    const std::filesystem::path path = root_ / id_file;
    if (!changed_at(path)) {
        return std::nullopt;
    }
    return std::string(base::trim(base::read_file(path, most_id_bytes)));
}

void LocalStore::set_id(std::string_view id)
{
    base::write_file_durably(root_ / id_file, std::string(id) + "\n");
}

std::filesystem::path LocalStore::temporary_directory() const
{
    return root_ / "tmp";
}

std::filesystem::path LocalStore::path_of(std::string_view stored_name) const
{
    if (!is_stored_name(stored_name)) {
        throw std::invalid_argument("not a name of a stored file");
    }
    return root_ / stored_name.substr(0, 2) / stored_name;
}

void LocalStore::put(std::string_view stored_name, const std::filesystem::path& uploaded, std::string_view /*sha256*/)
{
    const std::filesystem::path path = path_of(stored_name);
    {
        const std::lock_guard lock(new_directory_);
        if (std::filesystem::create_directory(path.parent_path())) {
            make_names_durable(root_);
        }
    }
    move_durably(uploaded, path);
}

base::Descriptor LocalStore::open(const Attachment& file) const
{
    const std::filesystem::path path = path_of(file.stored_name);
    if (!changed_at(path)) {
        throw base::NotFound("the file " + path.string() + " is missing");
    }
    return base::open_file(path, O_RDONLY | O_NOFOLLOW);
}

bool LocalStore::remove(std::string_view stored_name)
{
    return base::remove_file(path_of(stored_name));
}

void LocalStore::list_older(base::Time time, const std::function<void(std::string)>& tell)
{
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root_)) {
        std::string name = entry.path().filename().string();
        if (!is_stored_name(name) || entry.path() != path_of(name)) {
            continue;
        }
        const auto changed = changed_at(entry.path());
        if (changed && *changed < time) {
            tell(std::move(name));
        }
    }
}

} // namespace attachments
