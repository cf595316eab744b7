#include "server/watch/monitoring.hpp"

#include "base/file.hpp"
#include "base/text.hpp"

#include <string>
#include <system_error>

namespace server {

namespace {

constexpr std::size_t longest_time = 64;

} // namespace

void save_time(const std::filesystem::path& file, base::Time time)
{
    base::write_file_durably(file, std::to_string(base::to_millis(time)) + "\n");
}

std::optional<base::Time> find_time(const std::filesystem::path& file)
{
    std::error_code is_missing;
    if (!std::filesystem::is_regular_file(file, is_missing))
        return std::nullopt;
    const auto millis = base::parse_integer(base::trim(base::read_file(file, longest_time)));
    return millis ? std::optional(base::from_millis(*millis)) : std::nullopt;
}

} // namespace server
