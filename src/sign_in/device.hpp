#pragma once

#include <string>
#include <string_view>

namespace sign_in {

/// The device of a sign-in, in names that people know; each is one of a fixed list, or empty when it is none of them.
struct Device
{
    /// "Firefox"
    std::string_view browser;
    /// "Windows"
    std::string_view system;
};
/// Read the header User-Agent.
Device device_of(std::string_view user_agent);
/// "Firefox, Windows", or the part that is known; empty for none.
std::string device_name(std::string_view user_agent);

} // namespace sign_in
