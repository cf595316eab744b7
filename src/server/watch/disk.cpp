#include "server/watch/disk.hpp"

#include "base/crypto.hpp"
#include "base/file.hpp"

#include <fcntl.h>

#include <string>
#include <system_error>

namespace server {

namespace {

/// More than what fits beside the file's own record, where some file systems keep small files.
constexpr std::size_t tried_bytes = 4096;

} // namespace

void try_directory(const std::filesystem::path& directory)
{
    const std::filesystem::path path = directory / (".try-" + base::random_token());
    const base::Descriptor file = base::create_file(path);
    base::remove_file(path);
    base::write_all(file, std::string(tried_bytes, '.'));
    base::sync_file(file);
}

std::optional<std::uint64_t> free_bytes(const std::filesystem::path& directory)
{
    std::error_code error;
    const auto space = std::filesystem::space(directory, error);
    if (error)
        return std::nullopt;
    return space.available;
}

} // namespace server
