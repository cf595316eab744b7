#include "base/log.hpp"

#include "base/utf8.hpp"

#include <fmt/format.h>
#include <iterator>
#include <memory>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <string>

namespace base::log {

namespace {

// Line and direction marks forge a line on a reader's screen as well as a newline does.
bool is_unsafe_in_line(char32_t c)
{
    return is_control(c) || is_invisible(c);
}

void append_escaped(std::string& out, char32_t c)
{
    if (c == '\n') {
        out += "\\n";
    } else if (c == '\r') {
        out += "\\r";
    } else if (c == '\t') {
        out += "\\t";
    } else if (c < 0x80) {
        fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned>(c));
    } else {
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
    }
}

std::string escape_line(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const CodePoint code_point = decode_utf8(text);
        if (code_point.length == 0) {
            fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(text.front()));
            text.remove_prefix(1);
            continue;
        }
        if (code_point.value == '\\') {
            out += "\\\\";
        } else if (is_unsafe_in_line(code_point.value)) {
            append_escaped(out, code_point.value);
        } else {
            out += text.substr(0, code_point.length);
        }
        text.remove_prefix(code_point.length);
    }
    return out;
}

spdlog::logger& logger()
{
    // Never destroyed: threads and other objects' destructors may still write while the program ends.
    static auto* const instance = [] {
        auto* made = new spdlog::logger("gas-utility", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_formatter(
            std::make_unique<spdlog::pattern_formatter>("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc));
        return made;
    }();
    return *instance;
}

void write_line(spdlog::level::level_enum level, std::string_view text)
{
    if (logger().should_log(level)) {
        logger().log(level, escape_line(text));
    }
}

} // namespace

void info(std::string_view text)
{
    write_line(spdlog::level::info, text);
}

void warning(std::string_view text)
{
    write_line(spdlog::level::warn, text);
}

void error(std::string_view text)
{
    write_line(spdlog::level::err, text);
}

void set_quiet(bool quiet)
{
    logger().set_level(quiet ? spdlog::level::warn : spdlog::level::info);
}

} // namespace base::log
