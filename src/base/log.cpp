#include "base/log.hpp"

#include "base/utf8.hpp"

#include <array>
#include <atomic>
#include <fmt/format.h>
#include <iterator>
#include <memory>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <string>
#include <utility>

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

/// Quoted and escaped as in RFC 8259; bytes that are no UTF-8 become U+FFFD.
void append_json_text(std::string& out, std::string_view text)
{
    out += '"';
    while (!text.empty()) {
        const CodePoint code_point = decode_utf8(text);
        const char32_t c = code_point.value;
        const std::size_t length = code_point.length == 0 ? 1 : code_point.length;
        if (code_point.length == 0)
            out += "\\ufffd";
        else if (c == '"' || c == '\\')
            (out += '\\') += static_cast<char>(c);
        else if (c > 0xffff && is_unsafe_in_line(c))
            fmt::format_to(std::back_inserter(out), "\\u{:04x}\\u{:04x}", 0xd7c0U + static_cast<unsigned>(c >> 10U),
                0xdc00U + static_cast<unsigned>(c & 0x3ffU));
        else if (is_unsafe_in_line(c))
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
        else
            out += text.substr(0, length);
        text.remove_prefix(length);
    }
    out += '"';
}

void append_json_value(std::string& out, const Field& field)
{
    if (const auto* text = std::get_if<std::string_view>(&field.value))
        append_json_text(out, *text);
    else if (const auto* number = std::get_if<std::uint64_t>(&field.value))
        out += std::to_string(*number);
    else if (const auto* fraction = std::get_if<double>(&field.value))
        fmt::format_to(std::back_inserter(out), "{:.1f}", *fraction);
    else
        out += "null";
}

constexpr const char* text_pattern = "%Y-%m-%dT%H:%M:%S.%eZ %l %v";
constexpr const char* json_pattern = R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})";

std::atomic<Format> chosen_format = Format::Text;
std::atomic<Level> least_level = Level::Info;
thread_local std::string_view request;

std::unique_ptr<spdlog::pattern_formatter> make_formatter(const char* pattern)
{
    return std::make_unique<spdlog::pattern_formatter>(pattern, spdlog::pattern_time_type::utc);
}

spdlog::logger& logger()
{
    // Never destroyed: threads and other objects' destructors may still write while the program ends.
    static auto* const instance = [] {
        auto* made = new spdlog::logger("gas-utility", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_formatter(make_formatter(text_pattern));
        return made;
    }();
    return *instance;
}

std::string json_line(std::string_view message, std::span<const Field> fields)
{
    std::string line = "\"message\":";
    append_json_text(line, message);
    if (!request.empty()) {
        line += ",\"request_id\":";
        append_json_text(line, request);
    }
    for (const Field& field : fields) {
        line += ',';
        append_json_text(line, field.name);
        line += ':';
        append_json_value(line, field);
    }
    return line;
}

spdlog::level::level_enum name_of(Level level)
{
    return level == Level::Info      ? spdlog::level::info
           : level == Level::Warning ? spdlog::level::warn
                                     : spdlog::level::err;
}

void write_line(Level level, std::string_view text)
{
    if (level < least_level)
        return;
    if (chosen_format == Format::Json)
        logger().log(name_of(level), json_line(text, {}));
    else if (request.empty())
        logger().log(name_of(level), escape_line(text));
    else
        logger().log(name_of(level), fmt::format("request {}: {}", escape_line(request), escape_line(text)));
}

} // namespace

void info(std::string_view text)
{
    write_line(Level::Info, text);
}

void warning(std::string_view text)
{
    write_line(Level::Warning, text);
}

void error(std::string_view text)
{
    write_line(Level::Error, text);
}

void access(std::string_view text, std::span<const Field> fields)
{
    logger().log(spdlog::level::info, chosen_format == Format::Json ? json_line("access", fields) : escape_line(text));
}

void security(const SecurityEvent& event)
{
    const auto number = [](std::uint64_t id) { return id == 0 ? Field{"", {}}.value : Field{"", id}.value; };
    const auto text = [](std::string_view words) {
        return words.empty() ? Field{"", {}}.value : Field{"", words}.value;
    };
    const std::array fields = {Field{"event", event.event}, Field{"user", number(event.user)},
        Field{"about", number(event.about)}, Field{"address", text(event.address)},
        Field{"detail", text(event.detail)}};
    if (chosen_format == Format::Json) {
        logger().log(spdlog::level::info, json_line("security", fields));
        return;
    }
    std::string line;
    if (!request.empty())
        line = fmt::format("request {}: ", escape_line(request));
    line += fmt::format("security {}", event.event);
    for (const auto& [name, id] : {std::pair("user", event.user), std::pair("about", event.about)}) {
        if (id != 0)
            line += fmt::format(" {}={}", name, id);
    }
    for (const auto& [name, words] : {std::pair("address", event.address), std::pair("detail", event.detail)}) {
        if (!words.empty())
            line += fmt::format(" {}={}", name, escape_line(words));
    }
    logger().log(spdlog::level::info, line);
}

void set_format(Format format)
{
    logger().set_formatter(make_formatter(format == Format::Json ? json_pattern : text_pattern));
    chosen_format = format;
}

void set_level(Level least)
{
    least_level = least;
}

RequestScope::RequestScope(std::string_view request_id) : outer_(request)
{
    request = request_id;
}

RequestScope::~RequestScope()
{
    request = outer_;
}

std::string_view current_request()
{
    return request;
}

} // namespace base::log
