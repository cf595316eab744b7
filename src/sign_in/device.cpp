#include "sign_in/device.hpp"

#include <fmt/format.h>

#include <array>
#include <span>

namespace sign_in {

namespace {

struct Name
{
    std::string_view mark;
    std::string_view name;
};

// The first one that occurs counts: nearly all browsers also say that they are Chrome and Safari.
constexpr std::array browsers{Name{"Edg", "Edge"}, Name{"OPR/", "Opera"}, Name{"SamsungBrowser/", "Samsung Internet"},
    Name{"Firefox/", "Firefox"}, Name{"FxiOS/", "Firefox"}, Name{"CriOS/", "Chrome"}, Name{"Chrome/", "Chrome"},
    Name{"Chromium/", "Chromium"}, Name{"Safari/", "Safari"}};
constexpr std::array systems{Name{"iPhone", "iPhone"}, Name{"iPad", "iPad"}, Name{"Android", "Android"},
    Name{"Windows", "Windows"}, Name{"CrOS", "ChromeOS"}, Name{"Mac OS X", "macOS"}, Name{"Linux", "Linux"}};

std::string_view first_of(std::span<const Name> names, std::string_view user_agent)
{
    for (const Name& name : names) {
        if (user_agent.find(name.mark) != std::string_view::npos)
            return name.name;
    }
    return {};
}

} // namespace

Device device_of(std::string_view user_agent)
{
    return {.browser = first_of(browsers, user_agent), .system = first_of(systems, user_agent)};
}

std::string device_name(std::string_view user_agent)
{
    const Device device = device_of(user_agent);
    const bool has_both = !device.browser.empty() && !device.system.empty();
    return fmt::format("{}{}{}", device.browser, has_both ? ", " : "", device.system);
}

} // namespace sign_in
