#include "storage/s3_store.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace storage {

namespace {

constexpr unsigned most_uploads = 8;
constexpr unsigned most_downloads = 8;
constexpr std::chrono::seconds longest_wait{2};
constexpr std::string_view trash = "trash/";
constexpr std::size_t most_note_bytes = 1024;

void require_stored_name(std::string_view name)
{
    if (!is_stored_name(name))
        throw std::invalid_argument("not a name of a stored file");
}

std::string trash_name(const TrashedFile& file)
{
    require_stored_name(file.stored_name);
    if (!is_trash_day(file.day))
        throw std::invalid_argument("not a day of the trash");
    return fmt::format("{}{}/{}", trash, file.day, file.stored_name);
}

} // namespace

void S3Store::Slots::take()
{
    std::unique_lock lock(mutex_);
    if (!given_back_.wait_for(lock, longest_wait, [this] { return free_ > 0; }))
        throw base::Unavailable("the attachments store is slow: too many transfers run already");
    --free_;
}

void S3Store::Slots::give_back()
{
    {
        const std::lock_guard lock(mutex_);
        ++free_;
    }
    given_back_.notify_one();
}

/// Holds one of the slots.
class S3Store::Slot
{
  public:
    explicit Slot(Slots& slots) : slots_(slots) { slots_.take(); }
    ~Slot() { slots_.give_back(); }
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;

  private:
    Slots& slots_;
};

S3Store::S3Store(S3Settings settings, std::filesystem::path directory)
    : directory_(std::move(directory)), bucket_(std::move(settings)), uploads_(most_uploads), downloads_(most_downloads)
{
    std::filesystem::create_directories(temporary_directory());
}

std::string S3Store::place() const
{
    return bucket_.settings().url();
}

std::optional<std::string> S3Store::find_note(std::string_view name) const
{
    const base::Descriptor file = nameless_file(temporary_directory());
    if (!bucket_.get(name, file, 0))
        return std::nullopt;
    base::rewind(file);
    return std::string(base::trim(base::read_some(file, most_note_bytes)));
}

void S3Store::set_note(std::string_view name, std::string_view text)
{
    const base::Descriptor file = nameless_file(temporary_directory());
    base::write_all(file, std::string(text) + "\n");
    bucket_.put(name, file, sha256_of(file));
}

std::filesystem::path S3Store::temporary_directory() const
{
    return directory_ / "tmp";
}

void S3Store::put(std::string_view stored_name, const std::filesystem::path& uploaded, std::string_view sha256)
{
    require_stored_name(stored_name);
    {
        const Slot slot(uploads_);
        const base::Descriptor file = base::open_file(uploaded, O_RDONLY | O_NOFOLLOW);
        bucket_.put(stored_name, file, sha256);
    }
    base::remove_file(uploaded);
}

base::Descriptor S3Store::open(const FileKey& file) const
{
    require_stored_name(file.stored_name);
    const Slot slot(downloads_);
    base::Descriptor fetched = nameless_file(temporary_directory());
    if (!bucket_.get(file.stored_name, fetched, file.size))
        throw base::NotFound(fmt::format("{} has no object {}", place(), file.stored_name));
    if (const std::string found = sha256_of(fetched); found != file.sha256)
        throw DamagedFile(fmt::format("the object {} in {} is damaged: its SHA-256 is {} instead of {}",
            file.stored_name, place(), found, file.sha256));
    return fetched;
}

void S3Store::remove(std::string_view stored_name)
{
    require_stored_name(stored_name);
    // Once: a visitor may be waiting, and what stays is swept in an hour.
    bucket_.remove(stored_name, S3Bucket::Effort::Once);
}

void S3Store::list(const std::function<Listing(KeptFile)>& tell) const
{
    bucket_.list("", [&](const S3Listed& object) {
        return is_stored_name(object.name) ? tell({.stored_name = std::string(object.name), .put_at = object.changed})
                                           : Listing::Continues;
    });
}

bool S3Store::move_to_trash(const TrashedFile& file)
{
    // Copied before it is removed, so that it is always somewhere.
    if (!bucket_.copy(file.stored_name, trash_name(file)))
        return false;
    bucket_.remove(file.stored_name);
    return true;
}

std::vector<TrashedFile> S3Store::list_trash() const
{
    std::vector<TrashedFile> files;
    bucket_.list(trash, [&](const S3Listed& object) {
        const std::string_view name = object.name;
        const std::size_t slash = std::min(name.find('/'), name.size());
        TrashedFile file{.stored_name = std::string(name.substr(std::min(slash + 1, name.size()))),
            .day = std::string(name.substr(0, slash))};
        if (is_trash_day(file.day) && is_stored_name(file.stored_name))
            files.push_back(std::move(file));
        return Listing::Continues;
    });
    return files;
}

void S3Store::bring_back(const TrashedFile& file)
{
    if (bucket_.copy(trash_name(file), file.stored_name))
        bucket_.remove(trash_name(file));
}

void S3Store::remove_from_trash(const TrashedFile& file)
{
    bucket_.remove(trash_name(file));
}

} // namespace storage
