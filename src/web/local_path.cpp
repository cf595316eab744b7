#include "web/local_path.hpp"

#include <algorithm>

namespace web {

std::string local_path(std::string_view next)
{
    const bool is_local = next.starts_with('/') && !next.starts_with("//") && !next.starts_with("/\\");
    const bool is_plain = std::none_of(next.begin(), next.end(), [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '\\' || static_cast<unsigned char>(c) >= 0x7f;
    });
    return is_local && is_plain && next.size() <= 2000 ? std::string(next) : "/";
}

} // namespace web
