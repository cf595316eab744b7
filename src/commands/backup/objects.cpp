#include "commands/backup/objects.hpp"

#include "base/crypto.hpp"
#include "storage/at_once.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace commands::backup {

namespace {

namespace fs = std::filesystem;
using storage::Listing;

/// Nobody waits at a page for it.
storage::S3Settings patient(storage::S3Settings settings)
{
    settings.deadline = std::chrono::minutes(10);
    settings.stall = std::chrono::seconds(60);
    settings.attempts = 6;
    settings.first_pause = std::chrono::milliseconds(500);
    return settings;
}

std::string piece_name(std::string_view name, std::size_t number)
{
    return fmt::format("{}.{:06}", name, number);
}

std::string hash_piece(const fs::path& file, std::uint64_t from, std::uint64_t size)
{
    constexpr std::uint64_t at_once = std::uint64_t{64} << 10U;
    const base::Descriptor opened = base::open_file(file, O_RDONLY | O_NOFOLLOW);
    if (::lseek(opened.get(), static_cast<off_t>(from), SEEK_SET) < 0)
        throw std::system_error(errno, std::generic_category(), file.string());
    base::Sha256Stream digest;
    for (std::uint64_t done = 0; done < size;) {
        const std::string bytes = base::read_some(opened, std::min(at_once, size - done));
        if (bytes.empty())
            throw std::runtime_error(file.string() + " became shorter while it was read");
        digest.update(bytes);
        done += bytes.size();
    }
    return base::hex(digest.finish());
}

void append(const base::Descriptor& from, const base::Descriptor& to)
{
    constexpr std::size_t at_once = std::size_t{64} << 10U;
    for (std::string bytes = base::read_some(from, at_once); !bytes.empty(); bytes = base::read_some(from, at_once))
        base::write_all(to, bytes);
}

} // namespace

Objects::Objects(storage::S3Settings settings, fs::path directory, std::uint64_t piece_bytes)
    : directory_(std::move(directory)),
      bucket_(patient(std::move(settings)), "the bucket for backups"),
      piece_bytes_(piece_bytes)
{}

std::vector<std::string> Objects::list(const std::string& beginning) const
{
    std::vector<std::string> objects;
    bucket_.list(beginning, [&](const storage::S3Listed& object) {
        objects.push_back(beginning + std::string(object.name));
        return Listing::Continues;
    });
    return objects;
}

void Objects::put_text(std::string_view name, std::string_view text)
{
    const base::Descriptor file = storage::nameless_file(directory_);
    base::write_all(file, text);
    bucket_.put(name, file, base::hex(base::sha256(text)));
}

void Objects::put_whole(std::string_view name, const fs::path& file)
{
    const base::Descriptor opened = base::open_file(file, O_RDONLY | O_NOFOLLOW);
    bucket_.put(name, opened, storage::sha256_of(opened));
}

void Objects::put_pieces(const std::string& name, const fs::path& file, const Progress& progress)
{
    const std::uint64_t size = fs::file_size(file);
    const auto count = static_cast<std::size_t>(std::max<std::uint64_t>(1, (size + piece_bytes_ - 1) / piece_bytes_));
    const base::Descriptor opened = base::open_file(file, O_RDONLY | O_NOFOLLOW);
    constexpr std::size_t at_once = 16;
    for (std::size_t first = 0; first < count; first += at_once) {
        const std::size_t few = std::min(at_once, count - first);
        storage::for_each_at_once(few, [&](std::size_t i) {
            const std::uint64_t from = (first + i) * piece_bytes_;
            const std::uint64_t part = std::min(piece_bytes_, size - from);
            bucket_.put_piece(piece_name(name, first + i), {.file = opened, .from = from, .size = part},
                hash_piece(file, from, part));
        });
        progress.bar("upload", static_cast<std::int64_t>(first + few), static_cast<std::int64_t>(count));
    }
}

void Objects::fetch_pieces(const std::string& name, const fs::path& into) const
{
    auto piece = fetch(piece_name(name, 0));
    if (!piece)
        return;
    const base::Descriptor file = base::create_file(into);
    for (std::size_t number = 1; piece; ++number) {
        append(*piece, file);
        piece = fetch(piece_name(name, number));
    }
}

std::optional<base::Descriptor> Objects::fetch(std::string_view name) const
{
    base::Descriptor file = storage::nameless_file(directory_);
    if (!bucket_.get(name, file, 0))
        return std::nullopt;
    base::rewind(file);
    return file;
}

} // namespace commands::backup
